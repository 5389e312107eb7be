/** The developer corpus beside the repository: real files with reference answers. It is never copied into the repository. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

const root = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

/** Path of a folder of the corpus (`captures`, `xz`, `expected/captures`, …), or undefined where the corpus is absent. */
export function corpusFolder(name: string): string | undefined {
  const folder = `${root}/${name}`;
  return existsSync(folder) ? folder : undefined;
}

/** The reference answer of a corpus file (`captures/x.pcap`), or undefined where there is none. */
export function corpusExpected(path: string): unknown {
  const file = `${root}/expected/${path}.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** A `describe` that skips with a printed notice where the corpus folder is absent. */
export function describeWithCorpus(name: string, body: (folder: string) => void): void {
  const folder = corpusFolder(name);
  if (folder) describe(`corpus ${name}`, () => body(folder));
  else {
    console.warn(`skipped: the corpus folder «${name}» is not on this machine`);
    describe.skip(`corpus ${name}`, () => undefined);
  }
}
