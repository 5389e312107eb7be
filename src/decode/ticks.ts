/** Time stamps of pcapng: 64-bit counts in units of `if_tsresol`, shifted by `if_tsoffset` seconds (§4.2). */

/** High and low word → µs since the epoch, finer digits cut off. */
export type Ticks = (high: number, low: number) => number;

/** `resolution`: n = 10^−n s, 0x80 | n = 2^−n s. `offset` in seconds. */
export function createTicks(resolution: number, offset: number): Ticks {
  const shift = Number.isFinite(offset) ? offset * 1e6 : 0;
  if (resolution === 6) return (high, low) => high * 4294967296 + low + shift;
  const exponent = resolution & 0x7f;
  const units = resolution & 0x80 ? 2 ** exponent : 10 ** exponent;
  // long division in 16-bit steps is exact as long as the remainder, 16 bits further, fits 2^53
  if (units > 2 ** 37) {
    return (high, low) => Math.floor(((high * 4294967296 + low) / units) * 1e6) + shift;
  }
  return (high, low) => {
    const top = Math.floor(high / units);
    const middle = (high - top * units) * 65536 + (low >>> 16);
    const second = Math.floor(middle / units);
    const last = (middle - second * units) * 65536 + (low & 0xffff);
    const third = Math.floor(last / units);
    const seconds = (top * 65536 + second) * 65536 + third;
    return seconds * 1e6 + Math.floor(((last - third * units) * 1e6) / units) + shift;
  };
}
