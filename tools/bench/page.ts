/** The page of the benchmarks: runs the product's own intake worker on the chosen file. */
import { proxy, wrap } from 'comlink';
import { ruleWants } from '../../src/rules';
import type { IntakeProgress } from '../../src/intake/intake';
import { openEngine, runCapture } from './capture-page';
import type { CaptureRun, IntakeRun, UsersRun } from './run-types';
import { runUsers } from './users-page';
import type { IntakeWorker } from '../../workers/intake.worker';

const input = document.querySelector<HTMLInputElement>('#file')!;

async function run(mode: 'intake' | 'unpack'): Promise<IntakeRun> {
  const file = input.files![0]!;
  const worker = new Worker(new URL('../../workers/intake.worker.ts', import.meta.url), { type: 'module' });
  const remote = wrap<IntakeWorker>(worker);
  try {
    const start = performance.now();
    if (mode === 'unpack') {
      const { bytes } = await remote.unpack({ path: file.name, blob: file, keepBytes: false });
      return { ms: performance.now() - start, bytes, rows: 0 };
    }
    let out = 0;
    const { harvest } = await remote.intake(
      { path: file.name, blob: file, keepBytes: false },
      ruleWants,
      proxy(({ bytesOut }: IntakeProgress) => (out = bytesOut)),
    );
    const ms = performance.now() - start;
    return { ms, bytes: out, rows: harvest.tables.messages.length || harvest.tables.lines.length };
  } finally {
    worker.terminate();
  }
}

declare global {
  interface Window {
    run: typeof run;
    runUsers(): Promise<UsersRun>;
    openEngine(): Promise<void>;
    runCapture(): Promise<CaptureRun>;
  }
}
window.run = run;
window.runUsers = () => runUsers(input.files![0]!);
window.openEngine = openEngine;
window.runCapture = () => runCapture(input.files![0]!);
