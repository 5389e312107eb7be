/** Reads the files, derives the result, prints it. Exit 0: analysed; 1: nothing recognised; 2: wrong usage. */
import { isUsage, readArgs } from './args';
import { derive } from './derive';
import { findInputs } from './files';
import { load } from './load';
import { resultOf } from './result';
import { summary } from './summary';

const unclaimed = new Set(['unrecognised', 'folder', 'link', 'other']);

/** Gives the exit code. */
export async function main(argv: readonly string[], print: (text: string) => void = writeOut): Promise<number> {
  try {
    return await run(argv, print);
  } catch (error) {
    if (!isUsage(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function run(argv: readonly string[], print: (text: string) => void): Promise<number> {
  const start = performance.now();
  const args = readArgs(argv);
  const { read, declared, notes, timing } = await load(findInputs(args.paths), args);
  const derived = await derive(read, declared, notes);
  const totals = {
    ...timing,
    ...derived.timing,
    totalMs: performance.now() - start,
    peakRssMiB: process.resourceUsage().maxRSS / 1024,
  };
  print(
    args.json
      ? `${JSON.stringify(resultOf(derived, args.digest, totals), undefined, 1)}\n`
      : summary(derived, args.lang),
  );
  return derived.evidence.artifacts.every(({ kind }) => unclaimed.has(kind)) ? 1 : 0;
}

const writeOut = (text: string): void => {
  process.stdout.write(text);
};
