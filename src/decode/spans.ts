import type { Frame, Span } from './layer';

/** Where bytes `at`..`end` of a frame lie in the file; `at` of the result counts from 0. */
export function spansOf(frame: Frame, at: number, end: number): Span[] {
  if (!frame.spans) return [{ at: 0, offset: frame.base + at, length: end - at }];
  return cutSpans(frame.spans, at, end);
}

/** The part `from`..`to` of a text that is described by spans in order; `at` of the result counts from `from`. */
export function cutSpans(spans: readonly Span[], from: number, to: number): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const start = Math.max(from, span.at);
    const end = Math.min(to, span.at + span.length);
    if (end <= start) continue;
    const place = { at: start - from, offset: span.offset + start - span.at, length: end - start };
    result.push(span.mask ? { ...place, mask: turned(span.mask, start - span.at) } : place);
  }
  return result;
}

/** A mask of four bytes as it applies so many bytes further on. */
export function turned(mask: number, by: number): number {
  const bits = (by & 3) * 8;
  return bits === 0 ? mask : ((mask << bits) | (mask >>> (32 - bits))) >>> 0;
}
