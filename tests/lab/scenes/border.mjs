/**
 * A border between clients (203.0.113.0/24) and a PBX (192.0.2.20): registrations, calls both ways, peer checks. The
 * sample evidence is made of it. `pbx-side` and `client-side` are its halves, as two engineers would capture them.
 */
import { readFileSync } from 'node:fs';
import { pause } from '../lab.mjs';
import { borderFlows } from '../border-flows.mjs';

const [phone, wrong, gone] = ['203.0.113.24', '203.0.113.25', '203.0.113.26'];
const [outside, hidden, pbx] = ['198.51.100.10', '192.0.2.10', '192.0.2.20'];
const inside = `${hidden}:5060`;

async function play({ own, kamailio, sipp, file }) {
  for (const address of [phone, wrong, gone, outside, pbx]) own(address);
  own(hidden, outside.replace(/\./g, ''));
  await kamailio(outside, readFileSync(new URL('../border.cfg', import.meta.url), 'utf8'));
  let count = 0;
  const act = (flow, here, port, { user = '0', service = '4142', password = 'lab-secret', peer } = {}) =>
    sipp(borderFlows[flow], {
      here,
      port,
      peer: peer ?? `${outside}:5060`,
      seconds: 45,
      tag: `${++count}`,
      args: [
        ...['-s', service, '-inf'],
        file(`users-${count}.csv`, `SEQUENTIAL\n${user};[authentication username=${user} password=${password}];\n`),
      ],
    });
  const check = () => act('options', pbx, 5060, { user: 'ping', service: 'ping', peer: inside });
  const codes = [await check(), await act('register-ok', phone, 5062, { user: '4142' })];
  await pause(400);
  const both = async (called, calling) => {
    const answering = act(...called);
    await pause(300);
    codes.push(await act(...calling), await answering);
  };
  await both(
    ['callee-answers', phone, 5062],
    ['caller-answered', pbx, 5060, { user: '4150', service: '4142', peer: inside }],
  );
  codes.push(await act('register-refused', wrong, 5064, { user: '4169', password: 'wrong' }));
  codes.push(await act('register-forbidden', gone, 5068, { user: '4188' }));
  codes.push(await act('caller-unavailable', pbx, 5060, { user: '4150', service: '4169', peer: inside }));
  await both(
    ['callee-refuses-media', pbx, 5060],
    ['caller-srtp-refused', phone, 5066, { user: '4151', service: '4160' }],
  );
  // neither of these two ends as sipp wants it
  const answering = act('callee-without-ack', pbx, 5060);
  await pause(300);
  await act('caller-without-ack', gone, 5070, { user: '4163', service: '4160' });
  await answering;
  codes.push(await check());
  await pause(33_000);
  codes.push(await check());
  return codes;
}

export default {
  border: {
    play,
    filter: 'udp and (net 203.0.113.0/24 or net 198.51.100.0/24 or net 192.0.2.0/24)',
    parts: { 'pbx-side': 'host 192.0.2.20', 'client-side': 'net 203.0.113.0/24' },
  },
};
