import './lockdown';
import { expose, transfer } from 'comlink';
import { holdLife } from '../src/base/life';
import { createDesk } from '../src/analysis/create-desk';
import type { CaseState } from '../src/analysis/desk';
import { received } from '../src/intake/delivery';
import { partTransferables } from '../src/intake/packed';
import { readerMark } from '../src/analysis/reader-mark';
import { rules, ruleWants } from '../src/rules';
import { lockedSessions, lockSession } from '../src/session/lock';
import { createStore } from '../src/session/store';

const desk = createDesk({
  rules,
  wants: ruleWants,
  computerZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  store: createStore(),
  lock: lockSession,
  held: lockedSessions,
  owns: true,
  mark: readerMark(ruleWants),
});
const lines: typeof desk.lines = async (query) => {
  const rows = await desk.lines(query);
  return transfer(rows, [rows.buffer]);
};
const searchFiles: typeof desk.searchFiles = async (wanted) => {
  const files = await desk.searchFiles(wanted);
  return transfer(
    [...files],
    files.flatMap(({ content }) => partTransferables(content)),
  );
};
const searchPart: typeof desk.searchPart = async (artifact, block) => {
  const part = await desk.searchPart(artifact, block);
  return transfer(part, partTransferables(part));
};
/** Evidence of files as their readers sent it to these ports. */
const receive = async (ports: readonly MessagePort[], originals: readonly Blob[]): Promise<CaseState> => {
  const came = await Promise.all(ports.map(received));
  return desk.add(
    came.map(({ harvest }) => harvest),
    originals,
    came.map(({ blobs }) => blobs),
    came.map(({ packed }) => packed),
  );
};
const receiveFirstLook = async (port: MessagePort, original: Blob): Promise<CaseState> => {
  const { harvest, blobs, packed } = await received(port);
  return desk.firstLook(harvest, original, blobs, packed);
};

expose({ ...desk, receive, receiveFirstLook, lines, searchFiles, searchPart });
holdLife(self.name, (word) => self.postMessage(word));
