/** The page of the benchmarks: runs the product's own intake worker on the chosen file. */
import { proxy, transfer, wrap } from 'comlink';
import type { IntakeProgress } from '../../src/intake/intake';
import type { Lend } from '../../src/intake/xz-blocks';
import { openEngine, runCapture } from './capture-page';
import { readFile } from './read-file';
import type { CaptureRun, IntakeRun, UsersRun } from './run-types';
import { runUsers } from './users-page';
import type { IntakeWorker } from '../../workers/intake.worker';

const input = document.querySelector<HTMLInputElement>('#file')!;

const open = (): Worker => new Worker(new URL('../../workers/intake.worker.ts', import.meta.url), { type: 'module' });

async function run(mode: 'intake' | 'unpack'): Promise<IntakeRun> {
  const file = input.files![0]!;
  const worker = open();
  let helper: Worker | undefined;
  const remote = wrap<IntakeWorker>(worker);
  try {
    const start = performance.now();
    if (mode === 'unpack') {
      const { bytes } = await remote.unpack({ path: file.name, blob: file, keepBytes: false });
      return { ms: performance.now() - start, bytes, rows: 0 };
    }
    let out = 0;
    const { tables } = await readFile(
      remote,
      { path: file.name, blob: file, keepBytes: false },
      proxy(({ bytesOut }: IntakeProgress) => (out = bytesOut)),
      // as the product's pool, which has one more on two cores
      proxy(() => {
        if (helper) return undefined;
        const { port1, port2 } = new MessageChannel();
        void wrap<IntakeWorker>((helper = open())).help(transfer(port1, [port1]));
        return transfer(port2, [port2]);
      }) as unknown as Lend,
    );
    const ms = performance.now() - start;
    const { messages, lines }: Partial<typeof tables> = tables;
    return { ms, bytes: out, rows: (messages ?? lines)?.length ?? 0 };
  } finally {
    worker.terminate();
    helper?.terminate();
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
