/** Where the engine keeps its things in WebAssembly memory, in bytes. The driver passes all other addresses. */
const literals = 0x2000;

export const layout = {
  /** u32: state, four distances; then where the last call ended: input address, output address. */
  state: 0x400,
  endInput: 0x414,
  endOutput: 0x418,
  /** Written only for what the processor does meanwhile. */
  scratch: 0x41c,
  /** The running check, low word first. */
  check: 0x420,
  /** Of LZMA alone between two calls. */
  range: 0x428,
  code: 0x42c,
  crc32: 0x1000,
  crc64: 0x3000,
  /** The same sums moved over one lane of zeros. */
  crc32Lane: 0x7000,
  crc64Lane: 0x8000,
  probabilities: 0xc000,
  literals: 0xc000 + literals,
  /** One LZMA2 chunk: at most 64 KiB, and what a fault may make the decoder read behind it. */
  input: 0x18000,
  /** Below it one byte that stands before the first. */
  window: 0x28400,
};

/** Offsets of the probabilities, 16 bits each, from `layout.probabilities`; 12 states, 16 places in a step of positions. */
export const probabilities = {
  isMatch: 0,
  isLongRep: 0x180,
  isRep: 0x300,
  isRep0: 0x320,
  isRep1: 0x340,
  isRep2: 0x360,
  slots: 0x380,
  special: 0x580,
  align: 0x680,
  matchLength: 0x6c0,
  repLength: 0xb00,
  end: 0xf40,
};
/** Within a length coder: two choices, 16 trees of 8, 16 trees of 8, one tree of 256. */
export const lengthCoder = { choice: 0, choice2: 2, low: 0x10, middle: 0x110, high: 0x210 };
