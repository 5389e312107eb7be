import './lockdown';
import { expose, transfer } from 'comlink';
import { holdLife } from '../src/base/life';
import { createDesk } from '../src/analysis/create-desk';
import { readerMark } from '../src/analysis/reader-mark';
import { rules, ruleWants } from '../src/rules';
import { lockedSessions, lockSession } from '../src/session/lock';
import { createStore } from '../src/session/store';

const desk = createDesk({
  rules,
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
expose({ ...desk, lines });
holdLife(self.name, (word) => self.postMessage(word));
