/** Command line of `analyze`. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Declared } from '../../src/facts/facts';
import { readDeclared } from '../../src/session/notes';

export interface Args {
  readonly json: boolean;
  readonly digest: boolean;
  readonly lang: string;
  readonly facts: Declared;
  readonly kinds: Readonly<Record<string, string>>;
  readonly paths: readonly string[];
}

/** Wrong usage, told in one line on standard error. */
export const usageFault = (message: string): Error => Object.assign(new Error(message), { name: 'Usage' });
export const isUsage = (error: unknown): error is Error => error instanceof Error && error.name === 'Usage';

const usage =
  'usage: npm run -s analyze -- [--json] [--digest] [--lang en|fr] [--facts FILE] [--kind PATH=KIND] FILE|FOLDER...';

export function readArgs(argv: readonly string[]): Args {
  const { values, positionals } = parsed(argv);
  if (positionals.length === 0) throw usageFault(usage);
  if (values.lang !== 'en' && values.lang !== 'fr') throw usageFault(`--lang takes en or fr, not ${values.lang}`);
  const kinds = new Map<string, string>();
  for (const pair of values.kind) {
    const at = pair.lastIndexOf('=');
    if (at < 1 || at === pair.length - 1) throw usageFault(`--kind takes PATH=KIND, not ${pair}`);
    kinds.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return {
    json: values.json,
    digest: values.digest,
    lang: values.lang,
    facts: values.facts === undefined ? {} : readFacts(values.facts),
    kinds: Object.fromEntries(kinds),
    paths: positionals,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        digest: { type: 'boolean', default: false },
        lang: { type: 'string', default: 'en' },
        facts: { type: 'string' },
        kind: { type: 'string', multiple: true, default: [] },
      },
    });
  } catch (error) {
    throw usageFault(`${(error as Error).message}\n${usage}`);
  }
}

function readFacts(file: string): Declared {
  let facts: unknown;
  try {
    facts = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw usageFault(`--facts ${file}: ${(error as Error).message}`);
  }
  const read = readDeclared(facts);
  if ('fault' in read) throw usageFault(`--facts ${file}: ${read.fault}`);
  return read.declared;
}
