/** Reads the files, derives the result, prints it. Exit 0: analysed; 1: nothing recognised; 2: wrong usage. */
import { openAsBlob } from 'node:fs';
import type { Harvest } from '../../src/evidence/evidence';
import { intake } from '../../src/intake/run';
import { ruleWants } from '../../src/rules';
import { isUsage, readArgs } from './args';
import { derive } from './derive';
import { findInputs } from './files';
import { resultOf, type Timing } from './result';
import { summary } from './summary';

const unclaimed = new Set(['unrecognised', 'folder', 'link', 'other']);

export async function main(argv: readonly string[]): Promise<number> {
  try {
    return await run(argv);
  } catch (error) {
    if (!isUsage(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function run(argv: readonly string[]): Promise<number> {
  const start = performance.now();
  const args = readArgs(argv);
  const inputs = findInputs(args.paths);
  const harvests = new Map<string, Harvest>();
  let unpackMs = 0;
  let parseMs = 0;
  for (const { path, file } of inputs) {
    const blob = await openAsBlob(file);
    const order = { path, blob, kinds: args.kinds, keepBytes: false, digests: args.digest };
    const { harvest, timing } = await intake(order, ruleWants);
    unpackMs += timing.unpackMs;
    parseMs += timing.parseMs;
    const known = harvests.get(harvest.source.sha256);
    harvests.set(harvest.source.sha256, known ? withAlias(known, path) : harvest);
  }
  const derived = derive([...harvests.values()], args.facts);
  const timing: Timing = {
    unpackMs,
    parseMs,
    ...derived.timing,
    totalMs: performance.now() - start,
    peakRssMiB: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(
    args.json
      ? `${JSON.stringify(resultOf(derived, args.digest, timing), undefined, 1)}\n`
      : summary(derived, args.lang),
  );
  return derived.evidence.artifacts.every(({ kind }) => unclaimed.has(kind)) ? 1 : 0;
}

/** The same bytes are one source; inputs come sorted by name, so the first name is always the same one. */
function withAlias(harvest: Harvest, name: string): Harvest {
  const { source } = harvest;
  return { ...harvest, source: { ...source, alias: [...(source.alias ?? []), name] } };
}
