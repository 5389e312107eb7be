/**
 * Captures, from file to calls, streams and findings in the product's own workers: beside tshark and sngrep on the same
 * file, and how time and memory grow with the file.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { cache, launch, megabytes, memoryWatch } from './browser.mjs';
import { writeMix } from './mix.mjs';

/** Seconds that sngrep gets: it is slower than the file deserves. */
const patience = 240;

function mix(packets, sip = 0.2) {
  const file = path.join(cache, `mix-${packets}${sip === 0.2 ? '' : `-${sip.toFixed(4)}`}.pcap`);
  if (!existsSync(file)) writeMix(file, packets, { sip });
  return file;
}

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/** Wall clock and processor time in ms; undefined where it is absent, does not finish or fails. */
function run(command, line) {
  if (!has(command)) return undefined;
  const start = performance.now();
  const { status, stderr } = spawnSync('bash', ['-c', `TIMEFORMAT=%U; time timeout ${patience} ${line}`], {
    encoding: 'utf8',
  });
  const ms = performance.now() - start;
  return status === 0 ? { ms, processor: 1000 * Number(stderr.trim().split('\n').at(-1)) } : undefined;
}

/** ms of processor time that a process and its descendants have used; of a busy computer it says more than its clock. */
function processorOf(pid) {
  const processes = [];
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ').at(-1).split(' ');
      processes.push({ id: entry, parent: fields[1], ticks: Number(fields[11]) + Number(fields[12]) });
    } catch {
      // ended meanwhile
    }
  }
  const below = (of) => processes.filter(({ parent }) => parent === of).reduce((sum, one) => sum + ticksOf(one), 0);
  const ticksOf = ({ id, ticks }) => ticks + below(id);
  const [own] = processes.filter(({ id }) => id === String(pid));
  return own ? ticksOf(own) * 10 : 0;
}

async function measure(url, file, watched = false) {
  const { browser, pid, close } = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.setInputFiles('#file', file);
    await page.evaluate(() => window.openEngine());
    await page.waitForTimeout(1500);
    const memory = watched && memoryWatch(pid, megabytes(pid));
    const before = processorOf(pid);
    const result = await page.evaluate(() => window.runCapture());
    const processor = processorOf(pid) - before;
    return memory ? memory.stop().peak : { ...result, processor, size: statSync(file).size };
  } finally {
    await close();
  }
}

async function best(url, file, rounds) {
  const runs = [];
  for (let round = 0; round < rounds; round++) runs.push(await measure(url, file));
  const fastest = runs.reduce((a, b) => (b.ms < a.ms ? b : a));
  return { ...fastest, memory: await measure(url, file, true) };
}

/**
 * `growth`: `all`, or one of `linear` (100 MB and 1 GB of the mix), `rtp` (the same SIP with ten times the RTP), `dialogs`
 * (100 000 of them), which is then all that is measured.
 */
export async function benchCapture(url, { scale, rounds, json, growth }) {
  if (growth && growth !== 'all') {
    const row = { name: 'capture', growth, ...(await grownBy[growth](url)) };
    if (!json) console.log(`capture    ${JSON.stringify(row)}`);
    return row;
  }
  const file = mix(Math.round(3_000_000 * scale));
  const ours = await best(url, file, rounds);
  const tshark = run(
    'tshark',
    `tshark -n -r "${file}" -Y sip -T fields -e frame.time_epoch -e sip.Call-ID -e sip.Method -e sip.Status-Code > /dev/null`,
  );
  const sngrep = growth ? run('sngrep', `sngrep -q -N -I "${file}" > /dev/null`) : undefined;
  const row = {
    name: 'capture',
    unit: 'MB/s of capture',
    ours: Math.round(ours.size / ours.ms / 1000),
    ...(tshark
      ? { peer: Number((ours.size / tshark.ms / 1000).toFixed(1)), ratio: Number((tshark.ms / ours.ms).toFixed(2)) }
      : {}),
    peerName: 'tshark -Y sip',
    rows: ours.rows,
    calls: ours.calls,
    ms: {
      whole: Math.round(ours.ms),
      firstCalls: Math.round(ours.firstCalls),
      read: Math.round(ours.read),
      analysis: Math.round(ours.analysis),
      processor: ours.processor,
      ...peers(),
    },
    memoryMegabytes: ours.memory,
    memoryAllowed: Math.round(250 + (150 * Math.max(0, ours.rows - 600_000)) / 1e6),
    ...(growth ? { ...(await grownBy.linear(url)), ...(await grownBy.rtp(url)), ...(await grownBy.dialogs(url)) } : {}),
  };
  function peers() {
    return {
      ...(tshark ? { tshark: Math.round(tshark.ms), tsharkProcessor: tshark.processor } : {}),
      ...(growth ? { sngrep: sngrep ? Math.round(sngrep.ms) : `more than ${patience} s` } : {}),
    };
  }
  if (!json) {
    console.log(
      `capture    ${String(row.ours).padStart(6)} ${row.unit}, tshark ${row.peer ?? 'absent'}, ratio ${row.ratio ?? '-'}, ${row.rows} messages, ${row.calls} calls, +${row.memoryMegabytes} MB (${row.memoryAllowed} allowed)`,
    );
    console.log(`           ${JSON.stringify(row.ms)}`);
    if (growth) {
      const { linear, rtp, dialogs } = row;
      console.log(`           ${JSON.stringify({ linear, rtp, dialogs })}`);
    }
  }
  return row;
}

const grownBy = {
  async linear(url) {
    const [small, large] = [await best(url, mix(370_000), 2), await best(url, mix(3_700_000), 1)];
    const times = ({ ms, processor, size }) => ({ ms: Math.round(ms), processor, megabytes: Math.round(size / 1e6) });
    return {
      linear: {
        time: Number((large.ms / small.ms).toFixed(2)),
        processor: Number((large.processor / small.processor).toFixed(2)),
        size: Number((large.size / small.size).toFixed(2)),
        small: times(small),
        large: times(large),
      },
    };
  },
  async rtp(url) {
    const [few, many] = [await best(url, mix(300_000), 2), await best(url, mix(2_460_000, 60_000 / 2_460_000), 2)];
    const [least, most] = [few, many].map(({ memory }) => memory);
    return { rtp: { memory: Number((most / least).toFixed(2)), few: least, many: most } };
  },
  async dialogs(url) {
    const { calls, ms, processor, memory } = await best(url, mix(1_110_000, 1), 1);
    return { dialogs: { calls, ms: Math.round(ms), processor, memoryMegabytes: memory } };
  },
};
