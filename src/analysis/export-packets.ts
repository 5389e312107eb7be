/** Packets on their way out, and where messages lie in them. */
import type { Span } from '../decode/layer';
import type { View } from './view';

/** A packet that goes out, and what is needed to write into it. */
export interface Kept {
  readonly artifact: number;
  /** File offset of its first byte. */
  readonly offset: number;
  readonly number: number;
  readonly link: number;
  readonly time: number;
  readonly nanos: number;
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly segment?: Segment;
  /** True where it carries media, not signalling. */
  readonly media: boolean;
}
/** UDP or TCP of a packet, or of the datagram that it completes (`spans`). Places count from the packet's first byte. */
export interface Segment {
  readonly protocol: 6 | 17;
  /** Where its payload begins and ends. */
  readonly from: number;
  readonly to: number;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  /** Captured shorter than it was. */
  readonly cut: boolean;
  readonly spans?: readonly Span[];
}

/** Where the text of a message lies in its file, or in two of a rotated capture; `mask` is the WebSocket key of the span, 0 = plain. */
export function spansOf(
  { evidence: { messages, pieces } }: View,
  row: number,
): { readonly artifact: number; readonly offset: number; readonly size: number; readonly mask: number }[] {
  // pieces stand in the order of their messages
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (pieces.message[middle]! < row) low = middle + 1;
    else high = middle;
  }
  const spans = [];
  for (let at = low; at < pieces.length && pieces.message[at] === row; at++) {
    const [artifact, offset] = [pieces.artifact[at]!, pieces.offset[at]!];
    spans.push({ artifact, offset, size: pieces.size[at]!, mask: pieces.mask[at]! });
  }
  if (spans.length > 0) return spans;
  return [{ artifact: messages.artifact[row]!, offset: messages.offset[row]!, size: messages.size[row]!, mask: 0 }];
}
