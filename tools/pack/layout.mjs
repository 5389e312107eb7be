/** Addresses in the codec's memory. Copies may run up to eight bytes over an end. */
const block = 65_536;
const pad = 64;
const windowSize = 10 * block;
const needleMost = 4096;
let next = 1024;
const place = (size) => {
  const at = next;
  next += Math.ceil((size + pad) / 64) * 64;
  return at;
};
export const layout = {
  block,
  table: place(2 ** 15),
  previous: place(2 * block),
  counts: place(1024),
  lengths: place(256),
  codes: place(512),
  order: place(2048 + 1024),
  decode: place(4096),
  /** Packed it may be a little longer than it was. */
  input: place(block + block / 128 + 1024),
  output: place(block + block / 128 + 1024),
  literals: place(block),
  tokens: place(block / 4),
  highs: place(block / 4),
  lows: place(block / 4),
  extras: place(block / 8),
  /** What is searched for: its bytes in lower case, and for each 32 where it is a letter. */
  needle: place(needleMost + 1),
  folds: place(needleMost + 1),
  /** Unpacked bytes that are searched; memory that is never touched costs nothing. */
  window: place(windowSize),
  windowSize,
  needleMost,
};
export const pages = Math.ceil(next / 65_536);
