/**
 * Nanoseconds of a packet beyond the µs that the reader gives. They stand in the record header before the packet: classic
 * pcap `seconds(4) fraction(4) captured(4) length(4)`, enhanced block `high(4) low(4) captured(4) length(4)`. Which of the
 * forms it is shows in that its µs are those of the frame; 0 where none fits or the file has µs only.
 */
import type { Frame } from '../decode/layer';

export function nanosOf(frame: Frame, start: number): number {
  const { view, time } = frame;
  if (start < 16 || !Number.isFinite(time) || time < 0) return 0;
  const micros = BigInt(Math.floor(time));
  for (const little of [true, false]) {
    const [high, low] = [view.getUint32(start - 16, little), view.getUint32(start - 12, little)];
    if (low < 1e9 && high * 1e6 + Math.floor(low / 1000) === time) return low % 1000;
    const ticks = (BigInt(high) << 32n) | BigInt(low);
    if (ticks / 1000n === micros) return Number(ticks % 1000n);
  }
  return 0;
}
