/** A comparison report in the browser: parsed by Papa Parse alone, by the product, judged, filtered and sorted. */
import Papa from 'papaparse';
import { wrap } from 'comlink';
import { createDesk } from '../../src/analysis/create-desk';
import { rules } from '../../src/rules';
import { readFile } from './read-file';
import type { UsersRun } from './run-types';
import type { IntakeWorker } from '../../workers/intake.worker';

const queries = {
  issue: { filter: 'issue:any' },
  word: { filter: 'user19' },
  registered: { filter: 'registered:no' },
  column: { filter: 'email:"user1999"' },
  sort: { sort: { column: 'email', descending: false } },
  back: { sort: { column: 'desktop', descending: true } },
} as const;

export async function runUsers(file: File): Promise<UsersRun> {
  const papa = await timed(
    () =>
      new Promise<void>((resolve) => {
        Papa.parse<string[]>(file, { step: () => undefined, complete: () => resolve() });
      }),
  );
  const worker = new Worker(new URL('../../workers/intake.worker.ts', import.meta.url), { type: 'module' });
  try {
    const remote = wrap<IntakeWorker>(worker);
    // the worker is up before it is timed, as Papa Parse is
    await readFile(remote, { path: 'warm.csv', blob: new Blob(['email,issues\n']), keepBytes: false });
    const start = performance.now();
    const harvest = await readFile(remote, { path: file.name, blob: file, keepBytes: false });
    const parse = performance.now() - start;
    let judged = 0;
    const clocked = rules.map(({ layer, rule }) => ({
      layer,
      rule: {
        ...rule,
        find: (grounds: Parameters<typeof rule.find>[0]) => {
          const from = performance.now();
          const found = rule.find(grounds);
          judged += performance.now() - from;
          return found;
        },
      },
    }));
    const desk = createDesk({ rules: clocked, computerZone: 'UTC' });
    const whole = await timed(() => desk.add([harvest], [file], [[]]));
    const rows = harvest.tables.users.length;
    await desk.userSummary();
    // ranks are made at import, while the reader looks at the first screen
    await new Promise((resolve) => setTimeout(resolve, 8000));
    const asked: Record<string, number> = {};
    for (const [name, query] of Object.entries(queries)) asked[name] = await timed(() => desk.users(query));
    return { rows, papa, parse, rules: judged, analysis: whole, asked };
  } finally {
    worker.terminate();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
