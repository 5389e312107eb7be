/** Looks at the first lines of a text, for sniffing. */
import { textOfHead } from '../../decode/encoding';
import { jsonFields, fieldsTime } from '../../decode/fields';
import { dated } from '../../decode/records';
import { createStamps } from '../../decode/stamps';
import { createStamp } from '../../decode/stamp';

export interface Sample {
  readonly text: string;
  /** Whole lines that are neither blank nor indented; the last of the head is left out where it is cut. */
  readonly whole: readonly string[];
  readonly lines: number;
  /** Of them with a time. */
  readonly timed: number;
  /** The first line has a time. */
  readonly first: boolean;
}

const mostLines = 200;
let known: { readonly head: Uint8Array; readonly sample: Sample | undefined } | undefined;

/** Undefined where the head is no text. Every text kind asks for the same head, so the last answer is kept. */
export function sampleLines(head: Uint8Array, path: string): Sample | undefined {
  if (known?.head === head) return known.sample;
  const sample = look(head, path);
  known = { head, sample };
  return sample;
}

function look(head: Uint8Array, path: string): Sample | undefined {
  const text = textOfHead(head);
  if (text === undefined) return undefined;
  const all = text.split(/\r?\n/, mostLines * 4);
  // of a head that was cut the last line is not whole
  if (head.length >= 65_536 && all.length > 1 && all.length < mostLines * 4) all.pop();
  const whole = all
    .map((line) => line.replace(/\x1b\[[0-9;]{0,20}m/g, ''))
    .filter((line) => line.trim() !== '' && !/^[\s\ufeff]/.test(line.replace(/^\ufeff/, '')))
    .slice(0, mostLines);
  const stamps = createStamps(path, 0);
  const stamp = createStamp();
  let timed = 0;
  let first = false;
  for (const [n, line] of whole.entries()) {
    const fields = line.startsWith('{') ? jsonFields(line) : undefined;
    const inTag = line.startsWith('<') && dated.test(line.slice(0, 4096));
    if (fields ? fieldsTime(fields, stamp) : inTag || stamps.find(line, 0, Math.min(line.length, 2000))) {
      timed++;
      // `#Fields: date time …` stands before the first record
      if (n === 0 || (!first && timed === 1 && whole.slice(0, n).every((one) => one.startsWith('#')))) first = true;
    }
  }
  return { text, whole, lines: whole.length, timed, first };
}
