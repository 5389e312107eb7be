/**
 * Records the lab's captures from real SIP peers in network namespaces: sipp (with its 3PCC mode),
 * Kamailio and baresip, all from Debian. Nothing leaves the machine. Needs root.
 *   apt-get install sip-tester kamailio kamailio-tls-modules kamailio-websocket-modules baresip tcpdump iproute2 openssl
 *   node tests/lab/record.mjs             all scenes, some minutes
 *   node tests/lab/record.mjs busy ipv6   these alone
 * Writes tests/lab/captures/*; numbers, names and addresses are made up.
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { openScene, pause } from './lab.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);
const out = process.env.LAB_OUT ?? path.join(here, 'captures');
mkdirSync(out, { recursive: true });
/** More at once would make the peers late for each other. */
const atOnce = 4;
const largest = 100_000;

const scenes = [];
for (const file of readdirSync(path.join(here, 'scenes')).sort()) {
  const { default: list } = await import(`./scenes/${file}`);
  for (const [name, scene] of Object.entries(list)) {
    const { play, ...how } = typeof scene === 'function' ? { play: scene } : scene;
    scenes.push({ name, play, how, number: scenes.length + 1 });
  }
}
const asked = process.argv.slice(2);
const chosen = scenes.filter(({ name }) => asked.length === 0 || asked.includes(name));

async function record({ name, play, how, number }) {
  const scene = openScene(name, number, out);
  const target = path.join(out, `${name}.pcap`);
  let failure;
  try {
    const stop = await scene.capture(target, how);
    const codes = (await play(scene)) ?? [];
    if (codes.some((code) => code !== 0)) failure = `exit codes ${codes.join(' ')}`;
    await stop();
    const { size } = statSync(target);
    if (size > largest) failure = `${size} bytes`;
  } catch (error) {
    failure = error.stack;
  }
  scene.close(failure !== undefined || process.env.LAB_KEEP);
  console.log(failure === undefined ? `ok    ${name}` : `FAIL  ${name}: ${failure}\n      ${scene.scratch}`);
  return failure === undefined;
}

const queue = [...chosen];
const results = await Promise.all(
  Array.from({ length: atOnce }, async (_, n) => {
    await pause(n * 300);
    let fine = true;
    for (let next = queue.shift(); next; next = queue.shift()) fine = (await record(next)) && fine;
    return fine;
  }),
);
process.exitCode = results.every(Boolean) ? 0 : 1;
