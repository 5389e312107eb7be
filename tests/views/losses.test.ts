import { expect, it } from 'vitest';
import type { StreamRow } from '../../src/analysis/desk';
import { lossPlaces } from '../../src/views/Ladder/losses';

const stream = (losses: StreamRow['losses']): StreamRow =>
  ({ start: 0, end: 100e6, packets: 5000, lost: 0, losses }) as unknown as StreamRow;

it('losses stand where they happened, as high as they are bad, along the way of the stream', () => {
  const losses = stream([
    { start: 0, end: 10e6, packets: 5 },
    { start: 50e6, end: 60e6, packets: 500 },
  ]);
  expect(lossPlaces(losses, 100, 210, true)).toEqual([
    { x: 100, length: expect.closeTo(20) as number, height: expect.closeTo(3.6, 1) as number },
    { x: 200, length: expect.closeTo(20) as number, height: 9 },
  ]);
  expect(lossPlaces(losses, 100, 210, false).map(({ x }) => x)).toEqual([290, 190]);
});

it('stay on the bar, whatever the times say', () => {
  const places = lossPlaces(stream([{ start: -5e6, end: 900e6, packets: 1 }]), 0, 50, true);
  expect(places).toEqual([{ x: 0, length: 40, height: expect.any(Number) as number }]);
  expect(lossPlaces({ ...stream([]), start: 0, end: 0 }, 0, 50, true)).toEqual([]);
});
