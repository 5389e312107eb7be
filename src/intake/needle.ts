/** A text that is looked for in bytes, letters of ASCII alike in either case. */
export interface Needle {
  /** In lower case. */
  readonly bytes: Uint8Array;
  /** 32 where the byte is a letter. */
  readonly folds: Uint8Array;
  /** Where in it the two bytes stand that logs hold most seldom side by side. */
  readonly pair: number;
}

/** Commonest first. */
const common = ' e0t1a2i3n4o5s6r7l8-9:.=dcum"';
const weight = (byte: number): number => {
  const rank = common.indexOf(String.fromCharCode(byte));
  return rank < 0 ? 1 : common.length - rank;
};
const isLetter = (byte: number): boolean => byte >= 97 && byte <= 122;

/** `bytes` must not be empty. */
export function needleOf(bytes: Uint8Array): Needle {
  const lower = bytes.map((byte) => (isLetter(byte | 32) ? byte | 32 : byte));
  let pair = 0;
  let least = Infinity;
  for (let at = 0; at + 1 < lower.length; at++) {
    const own = weight(lower[at]!) * weight(lower[at + 1]!);
    if (own < least) [pair, least] = [at, own];
  }
  return { bytes: lower, folds: lower.map((byte) => (isLetter(byte) ? 32 : 0)), pair };
}

/** The first place of the needle in `bytes` from `from` up to `to`, −1 = none. */
export function seekIn(bytes: Uint8Array, { bytes: wanted, folds }: Needle, from: number, to: number): number {
  const first = wanted[0]!;
  const fold = folds[0]!;
  for (let at = from; at + wanted.length <= to; at++) {
    if ((bytes[at]! | fold) !== first) continue;
    let same = 1;
    while (same < wanted.length && (bytes[at + same]! | folds[same]!) === wanted[same]) same++;
    if (same === wanted.length) return at;
  }
  return -1;
}
