/**
 * Writes a capture for benchmarks: SIP and RTP, by default 20 % and 80 % of the packets, 5 % of the SIP over TCP, 1 % of the SIP in IP
 * fragments, SDP addresses and ports varied per call (a fixed media port makes tshark quadratic and the comparison
 * unfair). The same seed gives the same bytes.
 */
import { closeSync, openSync, writeSync } from 'node:fs';

/** `sip`: its share of the packets. */
export function writeMix(file, packets, { seed = 1, sip: share = 0.2 } = {}) {
  let state = seed >>> 0;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const out = openSync(file, 'w');
  const chunk = Buffer.alloc(4 << 20);
  let used = 0;
  const flush = () => {
    writeSync(out, chunk, 0, used);
    used = 0;
  };
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262144, 16);
  header.writeUInt32LE(1, 20);
  header.copy(chunk, 0);
  used = 24;

  let count = 0;
  let time = 1_778_000_000_000_000;
  let ipId = 1;
  const sum = (buffer, start, length) => {
    let total = 0;
    for (let at = start; at < start + length; at += 2) total += buffer.readUInt16BE(at);
    while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
    return ~total & 0xffff;
  };
  /** One IPv4 packet; `flags` is the fragment field. */
  const packet = (protocol, source, target, payload, flags = 0, id = ipId++) => {
    const length = 34 + payload.length;
    if (used + 16 + length > chunk.length) flush();
    chunk.writeUInt32LE(Math.floor(time / 1e6), used);
    chunk.writeUInt32LE(time % 1e6, used + 4);
    chunk.writeUInt32LE(length, used + 8);
    chunk.writeUInt32LE(length, used + 12);
    used += 16;
    chunk.fill(2, used, used + 12);
    chunk.writeUInt16BE(0x0800, used + 12);
    const ip = used + 14;
    chunk.writeUInt16BE(0x4500, ip);
    chunk.writeUInt16BE(20 + payload.length, ip + 2);
    chunk.writeUInt16BE(id & 0xffff, ip + 4);
    chunk.writeUInt16BE(flags, ip + 6);
    chunk.writeUInt16BE(0x4000 | protocol, ip + 8);
    chunk.writeUInt16BE(0, ip + 10);
    chunk.writeUInt32BE(source, ip + 12);
    chunk.writeUInt32BE(target, ip + 16);
    chunk.writeUInt16BE(sum(chunk, ip, 20), ip + 10);
    payload.copy(chunk, ip + 20);
    used += length;
    count++;
    time += 5 + Math.floor(random() * 20);
  };
  const udp = (source, sourcePort, target, targetPort, body, fragmented = false) => {
    const payload = Buffer.alloc(8 + body.length);
    payload.writeUInt16BE(sourcePort, 0);
    payload.writeUInt16BE(targetPort, 2);
    payload.writeUInt16BE(8 + body.length, 4);
    body.copy(payload, 8);
    if (!fragmented) return packet(17, source, target, payload);
    const id = ipId++;
    const cut = (payload.length >> 4) << 3;
    packet(17, source, target, payload.subarray(0, cut), 0x2000, id);
    return packet(17, source, target, payload.subarray(cut), cut >> 3, id);
  };
  const streams = new Map();
  const tcp = (source, sourcePort, target, targetPort, body) => {
    const key = `${source}:${sourcePort}>${target}:${targetPort}`;
    const sequence = streams.get(key) ?? 1000;
    streams.set(key, (sequence + body.length) >>> 0);
    const payload = Buffer.alloc(20 + body.length);
    payload.writeUInt16BE(sourcePort, 0);
    payload.writeUInt16BE(targetPort, 2);
    payload.writeUInt32BE(sequence, 4);
    payload.writeUInt32BE(1, 8);
    payload.writeUInt16BE(0x5018, 12);
    payload.writeUInt16BE(65535, 14);
    body.copy(payload, 20);
    packet(6, source, target, payload);
  };
  const dotted = (address) => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
  const client = (n) => (0x0a000000 + 0x100 + (n % 60000)) >>> 0;
  const border = 0xc6336414;

  /** Calls in progress: each gives its SIP in order, RTP between. */
  const rtp = Buffer.alloc(172, 0xd5);
  const calls = [];
  let number = 0;
  let sip = 0;
  const start = () => {
    const n = ++number;
    const from = client(n);
    const port = 10000 + ((n * 4) % 50000);
    const overTcp = random() < 0.05;
    const id = `${n.toString(16)}-${Math.floor(random() * 1e9).toString(36)}@${dotted(from)}`;
    const sdp = (address, media) =>
      `v=0\r\no=- ${n} ${n} IN IP4 ${dotted(address)}\r\ns=-\r\nc=IN IP4 ${dotted(address)}\r\nt=0 0\r\nm=audio ${media} RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na=sendrecv\r\n`;
    const message = (first, cseq, toTag, body) =>
      Buffer.from(
        `${first}\r\nVia: SIP/2.0/${overTcp ? 'TCP' : 'UDP'} ${dotted(from)}:5060;branch=z9hG4bK${n}-${cseq.replace(' ', '')}\r\nMax-Forwards: 70\r\nFrom: "User ${n}" <sip:${1000 + (n % 9000)}@aster.example>;tag=a${n}\r\nTo: <sip:${2000 + (n % 7000)}@aster.example>${toTag ? `;tag=b${n}` : ''}\r\nCall-ID: ${id}\r\nCSeq: ${cseq}\r\nContact: <sip:${n % 9000}@${dotted(from)}:5060>\r\nUser-Agent: bench/1.0\r\n${body ? 'Content-Type: application/sdp\r\n' : ''}Content-Length: ${body.length}\r\n\r\n${body}`,
        'latin1',
      );
    const uri = `sip:${2000 + (n % 7000)}@aster.example`;
    calls.push({
      port,
      from,
      n,
      overTcp,
      sequence: 0,
      steps: [
        [1, message(`INVITE ${uri} SIP/2.0`, '1 INVITE', false, sdp(from, port))],
        [0, message('SIP/2.0 100 Trying', '1 INVITE', false, '')],
        [0, message('SIP/2.0 180 Ringing', '1 INVITE', true, '')],
        [0, message('SIP/2.0 200 OK', '1 INVITE', true, sdp(border, port + 2))],
        [1, message(`ACK ${uri} SIP/2.0`, '1 ACK', true, '')],
        ...Array.from({ length: 2 }, () => [1, message(`INFO ${uri} SIP/2.0`, '2 INFO', true, '')]),
        [0, message('SIP/2.0 200 OK', '2 INFO', true, '')],
        [1, message(`BYE ${uri} SIP/2.0`, '3 BYE', true, '')],
        [0, message('SIP/2.0 200 OK', '3 BYE', true, '')],
        [0, message('SIP/2.0 200 OK', '3 BYE', true, '')],
      ],
    });
  };
  while (count < packets) {
    while (calls.length < 200) start();
    const index = Math.floor(random() * calls.length);
    const call = calls[index];
    if (sip < count * share || share === 1) {
      const [outbound, body] = call.steps.shift();
      const [source, target] = outbound ? [call.from, border] : [border, call.from];
      if (call.overTcp)
        tcp(
          source,
          outbound ? 40000 + (call.n % 20000) : 5060,
          target,
          outbound ? 5060 : 40000 + (call.n % 20000),
          body,
        );
      else udp(source, 5060, target, 5060, body, body.length > 500 && random() < 0.04);
      sip++;
      if (call.steps.length === 0) calls.splice(index, 1);
    } else {
      const outbound = random() < 0.5;
      rtp.writeUInt16BE(0x8008, 0);
      rtp.writeUInt16BE(call.sequence & 0xffff, 2);
      rtp.writeUInt32BE((call.sequence++ * 160) >>> 0, 4);
      rtp.writeUInt32BE((call.n * 2 + (outbound ? 1 : 0)) >>> 0, 8);
      if (outbound) udp(call.from, call.port, border, call.port + 2, rtp);
      else udp(border, call.port + 2, call.from, call.port, rtp);
    }
  }
  flush();
  closeSync(out);
  return { packets: count, sip, calls: number };
}
