/** Where things stand across a ladder: columns of the gutter by their edges, lanes by their x, all in px. */
import { lanePlaces } from './rows';
import type { Digits, TimeForm } from './words';

export interface Geometry {
  readonly form: TimeForm;
  readonly digits: Digits;
  readonly gutter: number;
  /** Right edges of number, time, Δ, CSeq; middle of the leg tag. */
  readonly columns: {
    readonly number: number;
    readonly time: number;
    readonly delta: number;
    readonly leg: number;
    readonly cseq: number;
  };
  /** x of each lane. */
  readonly x: readonly number[];
  /** Gutter and lanes. */
  readonly whole: number;
  /** How far the drawing is scrolled sideways; the gutter stays. */
  readonly left: number;
}

export function geometryOf(lanes: number, width: number, form: TimeForm, left: number, digits: Digits = 3): Geometry {
  // a clock time is longer than seconds since the start
  const micros = digits === 6 ? 20 : 0;
  const more = (form === 'clock' ? 28 : 0) + micros;
  const wide = more + micros;
  const gutter = 230 + wide;
  const places = lanePlaces(lanes, Math.max(320, width - gutter));
  return {
    form,
    digits,
    gutter,
    columns: { number: 28, time: 88 + more, delta: 148 + wide, leg: 171 + wide, cseq: 220 + wide },
    x: places.x.map((x) => gutter + x),
    whole: gutter + places.width,
    left,
  };
}
