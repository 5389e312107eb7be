/**
 * A phone that speaks SIP over WebSocket (RFC 7118): registers, calls 2002, hangs up after two seconds, closes.
 *   node ws-phone.mjs <own address> <server> <port>
 * Its SDP is so long that the INVITE needs the 16-bit length, and is sent in two fragments (RFC 6455 §5.4).
 */
import { randomBytes } from 'node:crypto';
import http from 'node:http';

const [own, server, port] = process.argv.slice(2);
const host = 'phone7.invalid';
const [callId, tag] = ['7d3e5b1c-call', 'w1'];
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const fail = (why) => {
  console.error(why);
  process.exit(1);
};
setTimeout(() => fail('took too long'), 20_000).unref();

/** Client frames are masked (§5.3). */
function frame(opcode, payload, final = true) {
  const mask = randomBytes(4);
  const size = payload.length;
  const head = size < 126 ? Buffer.from([0, size | 0x80]) : Buffer.from([0, 126 | 0x80, size >> 8, size & 0xff]);
  head[0] = (final ? 0x80 : 0) | opcode;
  return Buffer.concat([head, mask, payload.map((byte, n) => byte ^ mask[n % 4])]);
}

const socket = await new Promise((resolve, reject) => {
  const request = http.request({
    host: server,
    port,
    localAddress: own,
    path: '/',
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': 13,
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      'Sec-WebSocket-Protocol': 'sip',
    },
  });
  request.on('upgrade', (_, stream) => resolve(stream));
  request.on('response', ({ statusCode }) => reject(new Error(`no upgrade: ${statusCode}`)));
  request.on('error', reject);
  request.end();
}).catch((error) => fail(error.message));

const heard = [];
const waiting = [];
let rest = Buffer.alloc(0);
socket.on('data', (data) => {
  rest = Buffer.concat([rest, data]);
  while (rest.length >= 2) {
    const short = rest[1] & 0x7f;
    const start = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (rest.length < start) return;
    const size = short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short;
    if (rest.length < start + size) return;
    const opcode = rest[0] & 0x0f;
    const payload = rest.subarray(start, start + size);
    if (opcode === 1 || opcode === 2) heard.push(String(payload));
    if (opcode === 9) socket.write(frame(10, payload));
    rest = rest.subarray(start + size);
  }
  for (const wake of waiting.splice(0)) wake();
});
const say = (lines, parts = 1) => {
  const bytes = Buffer.from(`${lines.join('\r\n')}\r\n`);
  if (parts === 1) return socket.write(frame(1, bytes));
  const half = bytes.length >> 1;
  socket.write(frame(1, bytes.subarray(0, half), false));
  return socket.write(frame(0, bytes.subarray(half)));
};
async function hear(status, method) {
  for (;;) {
    const message = heard.find(
      (one) => one.startsWith(`SIP/2.0 ${status}`) && new RegExp(`^CSeq: \\d+ ${method}`, 'm').test(one),
    );
    if (message) return message;
    await new Promise((resolve) => waiting.push(resolve));
  }
}
const request = (method, uri, { to, cseq, id = callId, extra = [], body = [], branch = method.toLowerCase() }) => [
  `${method} ${uri} SIP/2.0`,
  `Via: SIP/2.0/WS ${host};branch=z9hG4bKws${branch}${cseq}`,
  'Max-Forwards: 70',
  `From: <sip:2001@lab.example>;tag=${tag}`,
  `To: ${to}`,
  `Call-ID: ${id}`,
  `CSeq: ${cseq} ${method}`,
  `Contact: <sip:2001@${host};transport=ws>`,
  'User-Agent: Lab ws phone',
  ...extra,
  ...(body.length > 0 ? ['Content-Type: application/sdp'] : []),
  `Content-Length: ${body.length > 0 ? body.join('\r\n').length + 2 : 0}`,
  '',
  ...body,
];
const sdp = [
  'v=0',
  `o=- 7001001 1 IN IP4 ${own}`,
  's=-',
  `c=IN IP4 ${own}`,
  't=0 0',
  'm=audio 30400 RTP/AVP 18 0',
  'a=rtpmap:18 G729/8000',
  'a=rtpmap:0 PCMU/8000',
  ...Array.from({ length: 8 }, (_, n) => `a=candidate:${n} 1 UDP ${2130706431 - n} ${own} ${30_400 + n} typ host`),
  'a=sendrecv',
];

say(
  request('REGISTER', 'sip:lab.example', {
    to: '<sip:2001@lab.example>',
    cseq: 1,
    id: '7d3e5b1c-register',
    extra: ['Expires: 300'],
  }),
);
await hear(200, 'REGISTER');
const to = '<sip:2002@lab.example>';
say(request('INVITE', 'sip:2002@lab.example', { to, cseq: 1, body: sdp }), 2);
const answer = await hear(200, 'INVITE');
const target = /^Contact: <([^>]+)>/m.exec(answer)[1];
const peer = /^To: (.*)$/m.exec(answer)[1].trim();
const routes = [...answer.matchAll(/^Record-Route: (.*)$/gm)].map(([, route]) => `Route: ${route.trim()}`);
const within = { to: peer, extra: routes.reverse() };
say(request('ACK', target, { ...within, cseq: 1 }));
await pause(2000);
say(request('BYE', target, { ...within, cseq: 2 }));
await hear(200, 'BYE');
socket.write(frame(8, Buffer.from([0x03, 0xe8])));
await pause(300);
socket.destroy();
