import type { Evidence } from './evidence';

/** The shape of a line's message as a string id; 0 where it has none: only warnings and errors have one. */
export function shapeIdOf({ shapes }: Evidence, line: number): number {
  let low = 0;
  let high = shapes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (shapes.line[middle]! < line) low = middle + 1;
    else high = middle;
  }
  return shapes.line[low] === line ? shapes.shape[low]! : 0;
}
