/** Short texts that are read as a whole, such as the output of a command: all lines first, each with its bytes. */
import { textReader, type TextReader } from '../../decode/lines';
import type { Sink } from '../kind';

export interface WholeLines extends TextReader {
  readonly lines: readonly string[];
  /** Per line; without its line end. */
  readonly spans: readonly { readonly offset: number; readonly length: number }[];
}

const mostLines = 5000;
const longestLine = 65_536;

/** What stands behind the first `most` lines is counted, not kept. */
export function wholeLines(sink: Sink, most = mostLines): WholeLines {
  const lines: string[] = [];
  const spans: { readonly offset: number; readonly length: number }[] = [];
  const reader = textReader(
    {
      part({ text, bytes, offset, unit, feed }) {
        let byteAt = 0;
        const all = text.split('\n');
        all.forEach((line, n) => {
          const next = unit === 0 ? bytes.indexOf(feed, byteAt) : byteAt + line.length * unit;
          const end = next < 0 ? bytes.length : Math.min(next, bytes.length);
          // the piece behind the last line end is no line
          if (lines.length < most && (n + 1 < all.length || line !== '')) {
            lines.push(line.replace(/\r$/, ''));
            spans.push({ offset: offset + byteAt, length: end - byteAt });
          }
          byteAt = end + Math.max(1, unit);
        });
        return bytes.length;
      },
      longLine(head, offset, length) {
        sink.problem('long-line', offset);
        if (lines.length >= most) return;
        lines.push(head);
        spans.push({ offset, length });
      },
    },
    longestLine,
  );
  return { lines, spans, push: reader.push, end: reader.end };
}
