/**
 * The decoder in Node beside `xz -dc -T1`, interleaved, the best of N: by wall clock, and by processor time, which says
 * more on a busy computer.
 *   node tools/xz/bench.mjs FILE [RUNS]
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loadDecoder } from './bundle.mjs';

const [file, runs = '5'] = process.argv.slice(2);
const { openXz } = await loadDecoder();
const bytes = readFileSync(file);
const ours = { wall: [], cpu: [] };
const native = { wall: [], cpu: [] };
let content = 0;
for (let run = 0; run < Number(runs); run++) {
  let start = performance.now();
  const cpu = process.cpuUsage();
  const decoder = await openXz();
  content = 0;
  for (let at = 0; at < bytes.length; at += 2 ** 20) {
    decoder.push(bytes.subarray(at, at + 2 ** 20));
    for (let piece = decoder.pull(); piece; piece = decoder.pull()) content += piece.length;
  }
  decoder.end();
  decoder.pull();
  decoder.close();
  if (decoder.fault) throw new Error(JSON.stringify(decoder.fault));
  ours.wall.push(performance.now() - start);
  const used = process.cpuUsage(cpu);
  ours.cpu.push((used.user + used.system) / 1000);
  start = performance.now();
  const timed = spawnSync('bash', ['-c', `TIMEFORMAT='%3U %3S'; time xz -dc -T1 "${file}" > /dev/null`]);
  native.wall.push(performance.now() - start);
  const [user, system] = timed.stderr.toString().split(' ');
  native.cpu.push((Number(user) + Number(system)) * 1000);
}
const speed = (ms) => Math.round(content / ms / 1000);
const best = (list) => Math.min(...list);
for (const clock of ['wall', 'cpu']) {
  const [mine, peer] = [ours[clock], native[clock]];
  console.log(
    `${clock.padEnd(4)} ${speed(best(mine))} MB/s, xz -dc -T1 ${speed(best(peer))} MB/s, ratio ${(best(peer) / best(mine)).toFixed(3)}`,
    `(${mine.map(speed).join(' ')} | ${peer.map(speed).join(' ')})`,
  );
}
