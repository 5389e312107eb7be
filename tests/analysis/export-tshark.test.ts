/** The exported capture as Wireshark reads it, where tshark stands on this computer. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { captureOf } from '../../src/analysis/export-capture';
import { corpusFolder } from '../build/corpus';
import { drawCapture } from '../build/ladder';
import { viewOf } from './drawn-view';

const hasTshark = spawnSync('tshark', ['--version']).status === 0;
if (!hasTshark) console.log('tshark is not here: the exported capture is not read by it');

const fax = 'nDPI__FAX-Call-t38-CA-TDM-SIP-FB-1.pcap';
const folder = corpusFolder('captures');
const captures: Readonly<Record<string, () => Uint8Array>> = {
  'a drawn call': () =>
    drawCapture({
      drawn: `
          a               b
    0.000 |---INVITE-1--->|
    0.500 |<----200-1-----|
    0.510 |----ACK-1----->|
    4.000 |----BYE-2----->|
    4.010 |<----200-2-----|
  `,
      with: {
        'INVITE-1': [
          'm=audio 4000 RTP/SAVP 8',
          'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz',
        ],
        '200-1': ['m=audio 6000 RTP/SAVP 8'],
      },
      media: [{ from: 'a:4000', to: 'b:6000', start: 0.6, end: 3 }],
      fragments: { 'INVITE-1': 256 },
    }),
  ...(folder ? { 'a real call': () => new Uint8Array(readFileSync(`${folder}/${fax}`)) } : {}),
};

it.skipIf(!hasTshark).each(Object.keys(captures))('%s opens without a complaint', async (name) => {
  const { view, read } = viewOf({ 'given.pcap': captures[name]!() });
  const { blob, packets } = await captureOf(view, { calls: [0], registrations: [] }, read);
  const place = mkdtempSync(join(tmpdir(), 'export-'));
  try {
    const file = join(place, 'export.pcapng');
    writeFileSync(file, new Uint8Array(await blob.arrayBuffer()));
    const checks = ['ip', 'udp', 'tcp'].flatMap((one) => ['-o', `${one}.check_checksum:TRUE`]);
    const columns = [
      'sip.CSeq.method',
      '_ws.malformed',
      'ip.checksum.status',
      'udp.checksum.status',
      'tcp.checksum.status',
    ];
    const { stdout, status } = spawnSync(
      'tshark',
      ['-n', '-r', file, ...checks, '-T', 'fields', ...columns.flatMap((one) => ['-e', one])],
      { encoding: 'utf8', maxBuffer: 2 ** 26 },
    );
    expect(status).toBe(0);
    const frames = stdout.split('\n').slice(0, -1);
    expect(frames).toHaveLength(packets);
    expect(frames.some((line) => line.startsWith('INVITE'))).toBe(true);
    // 0 = bad; where a packet has no such layer the field is empty
    expect(frames.filter((line) => /malformed|(?:^|[\t,])0(?:$|[\t,])/i.test(line))).toEqual([]);
  } finally {
    rmSync(place, { recursive: true });
  }
});
