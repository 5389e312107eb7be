/** Reads the files that were given; a session file stands for the originals in it, its facts and its notes. */
import { openAsBlob } from 'node:fs';
import type { Harvest } from '../../src/evidence/evidence';
import type { Declared } from '../../src/facts/facts';
import { intake } from '../../src/intake/run';
import { ruleWants } from '../../src/rules';
import { bundleFaults, readBundle } from '../../src/session/bundle';
import { looksLikeSession } from '../../src/session/looks-like';
import type { Notes } from '../../src/session/notes';
import { say } from '../../src/text/text';
import { usageFault, type Args } from './args';
import type { Read } from './derive';
import type { Input } from './files';

export interface Loaded {
  readonly read: readonly Read[];
  readonly declared: Declared;
  readonly notes: Partial<Notes>;
  readonly timing: { readonly unpackMs: number; readonly parseMs: number };
}

interface Original {
  readonly path: string;
  readonly blob: Blob;
  readonly alias: readonly string[];
}

export async function load(inputs: readonly Input[], args: Args): Promise<Loaded> {
  const originals: Original[] = [];
  let declared: Declared = {};
  let notes: Partial<Notes> = {};
  for (const { path, file } of inputs) {
    const blob = await openAsBlob(file);
    if (!(await looksLikeSession(blob))) {
      originals.push({ path, blob, alias: [] });
      continue;
    }
    const opened = await readBundle(blob);
    if ('fault' in opened) {
      throw usageFault(say(bundleFaults[opened.fault], args.lang, { name: path, detail: opened.detail }));
    }
    const { bundle } = opened;
    declared = { ...declared, ...bundle.declared };
    notes = { ...notes, ...bundle.notes };
    for (const { source, original } of bundle.parts) {
      originals.push({ path: source.name, blob: original, alias: source.alias ?? [] });
    }
  }
  const kinds = { ...notes.kinds, ...args.kinds };
  const headers = { ...declared, ...args.facts }.correlationHeaders ?? [];
  const known = new Map<string, Read>();
  const timing = { unpackMs: 0, parseMs: 0 };
  for (const { path, blob, alias } of originals.sort((a, b) => compare(a.path, b.path))) {
    const order = { path, blob, kinds, columns: notes.columns ?? {}, headers, keepBytes: false, digests: args.digest };
    const { harvest, timing: spent } = await intake(order, ruleWants);
    timing.unpackMs += spent.unpackMs;
    timing.parseMs += spent.parseMs;
    const { sha256 } = harvest.source;
    const first = known.get(sha256);
    const names = first ? [path, ...alias] : alias;
    known.set(sha256, { harvest: withAlias(first?.harvest ?? harvest, names), original: first?.original ?? blob });
  }
  return { read: [...known.values()], declared: { ...declared, ...args.facts }, notes: { ...notes, kinds }, timing };
}

/** The same bytes are one source; files come sorted by name, so the first name is always the same one. */
function withAlias(harvest: Harvest, names: readonly string[]): Harvest {
  const { source } = harvest;
  const alias = [...new Set([...(source.alias ?? []), ...names])].filter((name) => name !== source.name).sort();
  return alias.length === 0 ? harvest : { ...harvest, source: { ...source, alias } };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
