/** Draws saved sessions: sources with their true digests, and session files with any manifest. */
import { createHash } from 'node:crypto';
import { createPool, sealPool } from '../../src/base/strings';
import type { Harvest, Source } from '../../src/evidence/evidence';
import { createBuilders, sealTables } from '../../src/evidence/merge';
import type { Bundle } from '../../src/session/bundle';
import { noNotes } from '../../src/session/no-notes';
import type { Part, SessionRow } from '../../src/session/store';
import { toBytes } from './tar';
import { zip } from './zip';

export const sha256 = (content: Uint8Array | string): string =>
  createHash('sha256').update(toBytes(content)).digest('hex');

export function source(name: string, content: Uint8Array | string, alias?: readonly string[]): Source {
  const bytes = toBytes(content);
  return { name, bytes: bytes.length, sha256: sha256(bytes), ...(alias ? { alias } : {}) };
}

/** A session of two files, with something in every field. */
export function drawnBundle(): Bundle {
  const part = (name: string, content: string, alias?: readonly string[]): Bundle['parts'][number] => ({
    source: source(name, content, alias),
    original: new Blob([content]),
  });
  return {
    title: 'Aster <b>«1»</b>',
    declared: { pbx: 'mivb', users: ['a@b.c'], zones: { 'a.log': 'Europe/Paris' }, clockOffsets: { 'a.log': -95 } },
    notes: {
      ...noNotes,
      title: 'Aster <b>«1»</b>',
      findings: { 'rule|4101': { state: 'handled', note: 'asked' } },
      answers: { 'step-1': { state: 'fail', note: 'no tunnel', when: 1 } },
      excluded: ['a.log'],
    },
    parts: [part('../../etc/passwd', 'b'.repeat(300)), part('a.log', 'level=ERROR\n'.repeat(40), ['copy of a.log'])],
  };
}

/** A session file whose manifest is as given, whole as a zip. */
export function sessionFile(
  manifest: unknown,
  parts: Readonly<Record<string, Uint8Array | string>>,
  method: 0 | 8 = 0,
): Uint8Array {
  const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
  return zip([
    { name: 'manifest.json', bytes: text, method },
    ...Object.entries(parts).map(([name, bytes]) => ({ name, bytes, method })),
  ]);
}

export function row(id: string, sources: readonly string[], more: Partial<SessionRow> = {}): SessionRow {
  return {
    id,
    title: '',
    first: 'a.log',
    created: 1,
    changed: 1,
    bytes: 0,
    found: {},
    revision: 1,
    sources,
    declared: {},
    notes: noNotes,
    ...more,
  };
}

export function part(session: string, content: string): Part {
  const harvest: Harvest = {
    source: source('a.log', content),
    artifacts: [],
    tables: sealTables(createBuilders()),
    strings: sealPool(createPool()),
    problems: [],
    facts: [],
  };
  return { session, sha256: harvest.source.sha256, harvest, original: new Blob([content]) };
}
