/** What container sniffers share. */
import { notThis, type Sniffed } from '../artifacts/kind';
import { text } from '../text/text';

export const hasBytes = (head: Uint8Array, bytes: readonly number[], at = 0): boolean =>
  head.length >= at + bytes.length && bytes.every((byte, n) => head[at + n] === byte);

export const ascii = (letters: string): readonly number[] => [...letters].map((letter) => letter.charCodeAt(0));

export const bySignature = (format: string): Sniffed => ({
  certainty: 3,
  reason: text('It begins with the {format} signature.', 'Il commence par la signature {format}.'),
  values: { format },
});

export const byContent = (format: string): Sniffed => ({
  certainty: 2,
  reason: text('Its first bytes read as {format}.', 'Ses premiers octets se lisent comme {format}.'),
  values: { format },
});

/** By name alone: only looked at where nothing is told by the content. */
export const byName = (format: string, pattern: RegExp, path: string): Sniffed =>
  pattern.test(path)
    ? {
        certainty: 1,
        reason: text('Its name says {format}; its bytes do not.', 'Son nom dit {format} ; ses octets non.'),
        values: { format },
      }
    : notThis;
