/** Where things stand across a ladder: columns of the gutter by their edges, lanes by their x, all in px. */
import { lanePlaces } from './rows';
import type { TimeForm } from './words';

export interface Geometry {
  readonly form: TimeForm;
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

export function geometryOf(lanes: number, width: number, form: TimeForm, left: number): Geometry {
  // a clock time is longer than seconds since the start
  const more = form === 'clock' ? 28 : 0;
  const gutter = 230 + more;
  const places = lanePlaces(lanes, Math.max(320, width - gutter));
  return {
    form,
    gutter,
    columns: { number: 28, time: 88 + more, delta: 148 + more, leg: 171 + more, cseq: 220 + more },
    x: places.x.map((x) => gutter + x),
    whole: gutter + places.width,
    left,
  };
}
