/** A capture in the browser, from file to calls, streams and findings, by the engine that the app runs on. */
import { startEngine, type Engine } from '../../src/state/engine';
import { firstLookOf } from '../../src/state/first-look';
import { serviceWorker } from '../../src/state/service-worker.svelte';
import type { CaptureRun } from './run-types';

let engine: Engine | undefined;

/** The app has its workers before a file is dropped. */
export async function openEngine(): Promise<void> {
  serviceWorker.status = 'absent';
  engine = await startEngine();
  await engine.desk.state();
}

export async function runCapture(file: File): Promise<CaptureRun> {
  const { desk, read, add } = engine!;
  const start = performance.now();
  const order = { path: file.name, blob: file, keepBytes: true };
  const look = firstLookOf(order);
  let firstCalls = 0;
  const lookAt = async (): Promise<void> => {
    if (!look) return;
    await engine!.firstLook(await read(look, () => undefined).done);
    await desk.callRows([...(await desk.calls({})).slice(0, 50)]);
    firstCalls = performance.now() - start;
  };
  void lookAt();
  const delivered = await read(order, () => undefined).done;
  const reading = performance.now() - start;
  const { counts } = await add([delivered]);
  await desk.callRows([...(await desk.calls({})).slice(0, 50)]);
  const ms = performance.now() - start;
  return { ms, firstCalls, read: reading, analysis: ms - reading, rows: counts.messages, calls: counts.calls };
}
