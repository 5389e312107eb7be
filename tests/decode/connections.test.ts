import { expect, it } from 'vitest';
import { createConnections, maxConnections } from '../../src/decode/connections';
import { createFrame } from '../../src/decode/layer';
import { tcpFlag } from '../../src/decode/tcp';

it('keeps a bounded number in a flood of attempts, and makes room where connections say nothing', () => {
  const connections = createConnections();
  const frame = createFrame();
  const attempt = (n: number, answered: boolean): void => {
    frame.number++;
    frame.source.fill(n >>> 16);
    frame.target.fill(7);
    frame.sourcePort = n & 0xffff;
    frame.targetPort = 5061;
    frame.tcpFlags = tcpFlag.syn;
    connections.control(frame);
    if (!answered) return;
    frame.target.fill(n >>> 16);
    frame.source.fill(7);
    frame.sourcePort = 5061;
    frame.targetPort = n & 0xffff;
    frame.tcpFlags = tcpFlag.syn | tcpFlag.ack;
    connections.control(frame);
  };
  for (let n = 0; n < 70_000; n++) attempt(n, true);
  expect(connections.result()).toEqual([]);
  expect(connections.dropped).toBe(0);
  for (let n = 200_000; n < 275_000; n++) attempt(n, false);
  expect(connections.result().length).toBeLessThanOrEqual(maxConnections);
  expect(connections.result().length).toBeGreaterThan(maxConnections / 2);
  expect(connections.dropped).toBeGreaterThan(0);
});
