/**
 * Writes a capture that holds calls of many messages each through four hosts: set-up with SDP and retransmissions, then
 * re-INVITE, INFO and OPTIONS within it, then BYE. Requests and answers run over three hops, as behind two borders.
 */
import { writeFileSync } from 'node:fs';

const hosts = ['203.0.113.24', '198.51.100.10', '192.0.2.10', '192.0.2.20'];
const reasons = { 100: 'Trying', 180: 'Ringing', 200: 'OK', 491: 'Request Pending' };

/** Gives the number of messages written. */
export function writeLadderCapture(file, messages, calls = 1) {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(262144, 16);
  head.writeUInt32LE(1, 20);
  const parts = [head];
  let time = 1_778_000_000_000_000;
  let count = 0;
  let call = 0;
  const packet = (from, to, text) => {
    const body = Buffer.from(text, 'latin1');
    const bytes = Buffer.alloc(42 + body.length);
    bytes.fill(2, 0, 12);
    bytes.writeUInt16BE(0x0800, 12);
    bytes.writeUInt16BE(0x4500, 14);
    bytes.writeUInt16BE(28 + body.length, 16);
    bytes.writeUInt16BE(count & 0xffff, 18);
    bytes.writeUInt16BE(0x4011, 22);
    hosts[from].split('.').forEach((byte, n) => (bytes[26 + n] = Number(byte)));
    hosts[to].split('.').forEach((byte, n) => (bytes[30 + n] = Number(byte)));
    bytes.writeUInt16BE(5060, 34);
    bytes.writeUInt16BE(5060, 36);
    bytes.writeUInt16BE(8 + body.length, 38);
    body.copy(bytes, 42);
    const record = Buffer.alloc(16);
    record.writeUInt32LE(Math.floor(time / 1e6), 0);
    record.writeUInt32LE(time % 1e6, 4);
    record.writeUInt32LE(bytes.length, 8);
    record.writeUInt32LE(bytes.length, 12);
    parts.push(record, bytes);
    count++;
  };
  const sdp = (host, version) =>
    `v=0\r\no=- ${38710 + call} ${version} IN IP4 ${hosts[host]}\r\ns=-\r\nc=IN IP4 ${hosts[host]}\r\nt=0 0\r\n` +
    `m=audio ${20_000 + call * 16 + host * 2} RTP/SAVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n`;
  const message = (start, from, to, cseq, method, body = '') => {
    const asks = !start.startsWith('SIP/');
    const [near, far] = asks ? [from, to] : [to, from];
    packet(
      from,
      to,
      `${start}\r\nVia: SIP/2.0/UDP ${hosts[near]}:5060;branch=z9hG4bK-${call}-${cseq}-${method}-${near}-${far}\r\n` +
        `Max-Forwards: 70\r\nFrom: "Front desk" <sip:+${15_550_100 + call}@pbx.example>;tag=caller\r\n` +
        `To: <sip:${4142 + call}@pbx.example>${cseq > 101 || !asks ? ';tag=called' : ''}\r\nCall-ID: ladder-bench-3f2a-${call}@192.0.2.20\r\n` +
        `CSeq: ${cseq} ${method}\r\nContact: <sip:${4142 + call}@${hosts[from]}:5060>\r\n` +
        `${body ? 'Content-Type: application/sdp\r\n' : ''}Content-Length: ${body.length}\r\n\r\n${body}`,
    );
    time += 2000 + ((count * 7919) % 40_000);
  };
  const over = (steps, cseq, method, body = false) => {
    const uri = `sip:${4142 + call}@pbx.example SIP/2.0`;
    for (const hop of [3, 2, 1]) {
      message(`${method} ${uri}`, hop, hop - 1, cseq, method, body ? sdp(hop, cseq) : '');
      if (cseq % 40 === 1 && hop === 1) {
        time += 500_000;
        message(`${method} ${uri}`, hop, hop - 1, cseq, method, body ? sdp(hop, cseq) : '');
      }
    }
    for (const status of steps) {
      for (const hop of [0, 1, 2]) {
        message(
          `SIP/2.0 ${status} ${reasons[status]}`,
          hop,
          hop + 1,
          cseq,
          method,
          body && status === 200 ? sdp(hop, cseq) : '',
        );
      }
    }
    if (method === 'INVITE') for (const hop of [3, 2, 1]) message(`ACK ${uri}`, hop, hop - 1, cseq, 'ACK');
  };
  for (; call < calls; call++) {
    const end = count + messages;
    let cseq = 101;
    over([100, 180, 200], cseq++, 'INVITE', true);
    while (count < end - 12) {
      if (cseq % 7 === 0) over([491], cseq++, 'INVITE', true);
      else if (cseq % 3 === 0) over([100, 200], cseq++, 'INVITE', true);
      else over([200], cseq++, cseq % 2 ? 'INFO' : 'OPTIONS');
      if (cseq % 50 === 0) time += 4_000_000;
    }
    over([200], cseq, 'BYE');
    time += 60_000_000;
  }
  writeFileSync(file, Buffer.concat(parts));
  return count;
}
