import { expect, it } from 'vitest';
import fc from 'fast-check';
import { readAddress, parseAddress } from '../../src/decode/address';
import { ethernet } from '../../src/decode/ethernet';
import { ipv4 } from '../../src/decode/ipv4';
import { createFrame, layer, type Frame } from '../../src/decode/layer';
import { plainDatagram } from '../../src/decode/plain-packet';
import { udp } from '../../src/decode/udp';
import { bytesOf, pcap } from '../build/pcap';

const packet = pcap([
  { time: 1, from: '192.0.2.1:4000', to: '192.0.2.2:6000', transport: 'udp', payload: 'some bytes' },
]).slice(40);

function frameOf(bytes: Uint8Array): Frame {
  const view = new DataView(bytes.buffer);
  return Object.assign(createFrame(), { bytes, view, at: 0, end: bytes.length });
}
const seen = ({ at, end, cut, source, target, sourcePort, targetPort, dscp }: Frame) => ({
  at,
  end,
  cut,
  source,
  target,
  sourcePort,
  targetPort,
  dscp,
});

it('gives what its layers give one by one, and touches nothing else', () => {
  expect(plainDatagram(frameOf(packet))).toBe(true);
  const changes = fc.array(fc.tuple(fc.nat(45), fc.nat(255)), { maxLength: 3 });
  fc.assert(
    fc.property(changes, fc.nat(packet.length), (some, length) => {
      const bytes = packet.slice(0, length < 30 ? packet.length : length);
      for (const [at, value] of some) if (at < bytes.length) bytes[at] = value;
      const [quick, slow] = [frameOf(bytes), frameOf(bytes)];
      if (plainDatagram(quick))
        expect([ethernet(slow), ipv4(slow), udp(slow)]).toEqual([layer.ipv4, layer.udp, layer.datagram]);
      expect(seen(quick)).toEqual(seen(slow));
    }),
    { numRuns: 1000 },
  );
});

it('reads addresses of bytes as it reads those of text', () => {
  const text = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom(
      '',
      '1.2.3',
      '1.2.3.',
      '.1.2.3.4',
      '1.2.3.4.5',
      '256.1.1.1',
      '0001.2.3.4',
      'host.example',
      '::ffff:1.2.3.4',
    ),
    fc.string({ maxLength: 50 }),
  );
  fc.assert(
    fc.property(text, (one) => {
      const [a, b] = [new Uint32Array(4), new Uint32Array(4)];
      const bytes = bytesOf(one);
      expect(readAddress(bytes, 0, bytes.length, a)).toBe(parseAddress(one, b));
      expect(a).toEqual(b);
    }),
  );
});
