/**
 * Maps a scroll position to a row offset. Chrome clamps an element at about 16.7 million px (0.6 million rows of 28 px),
 * so beyond `maxHeight` the scrolled height is smaller than the rows: small moves go pixel by pixel, large ones (the
 * scroll bar, Home, End) in proportion.
 */
export const maxHeight = 8_000_000;

export interface ScrollMap {
  /** Height of the scrolled element. */
  readonly height: number;
  /** Virtual offset of the viewport's top, px of all rows. */
  readonly offset: number;
  /** The browser scrolled to `top`. */
  scrolled(top: number): void;
  /** Goes to a virtual offset; returns the scroll position to set. */
  to(offset: number): number;
  /** Number of rows or the viewport changed; returns the scroll position to set. */
  resize(total: number, viewport: number): number;
  /** Where the scroll bar should stand for the offset, once a run of small moves has ended. */
  settled(): number;
}

export function createScrollMap(): ScrollMap {
  let total = 0;
  let viewport = 0;
  let top = 0;
  let offset = 0;
  const height = (): number => Math.min(total, maxHeight);
  const span = (): number => Math.max(0, height() - viewport);
  const room = (): number => Math.max(0, total - viewport);
  const clamp = (value: number): number => Math.max(0, Math.min(room(), value));
  const topOf = (at: number): number => (room() === 0 ? 0 : total <= maxHeight ? at : (at / room()) * span());

  return {
    get height() {
      return height();
    },
    get offset() {
      return offset;
    },
    scrolled(next) {
      const move = next - top;
      top = next;
      if (total <= maxHeight) offset = clamp(next);
      else if (next <= 0) offset = 0;
      else if (next >= span() - 1) offset = room();
      else if (Math.abs(move) <= viewport * 2) offset = clamp(offset + move);
      else offset = clamp((next / span()) * room());
    },
    to(next) {
      offset = clamp(next);
      top = topOf(offset);
      return top;
    },
    resize(rows, view) {
      total = rows;
      viewport = view;
      offset = clamp(offset);
      top = topOf(offset);
      return top;
    },
    settled() {
      top = topOf(offset);
      return top;
    },
  };
}
