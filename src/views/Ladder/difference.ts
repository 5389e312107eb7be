/** What differs between two messages, header by header: order does not count, names are compared without case. */
import { text, type Text } from '../../text/text';

export type Change =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'before' | 'after'; readonly parts: readonly Part[] };
interface Part {
  readonly text: string;
  readonly changed: boolean;
}

interface Line {
  readonly key: string;
  readonly text: string;
}

/** Headers are keyed by name and occurrence, body lines by their text up to `=` or `:` and occurrence. */
function keyed(raw: string): Line[] {
  const count = new Map<string, number>();
  return raw
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((text, index) => {
      const name = index === 0 ? '' : (/^([A-Za-z][\w-]*\s*[:=][^:\s]{0,12})/.exec(text)?.[1] ?? text).toLowerCase();
      const header = /^([a-z][\w-]*)\s*:/.exec(name)?.[1] ?? name;
      const n = (count.get(header) ?? 0) + 1;
      count.set(header, n);
      return { key: index === 0 ? ' start' : `${header}#${n}`, text };
    });
}

export function difference(before: string, after: string): Change[] {
  const old = new Map(keyed(before).map((line) => [line.key, line.text]));
  const changes: Change[] = [];
  const used = new Set<string>();
  for (const { key, text } of keyed(after)) {
    const other = old.get(key);
    used.add(key);
    if (other === text) changes.push({ kind: 'same', text });
    else if (other === undefined) changes.push({ kind: 'after', parts: [{ text, changed: true }] });
    else {
      const [left, right] = [words(other), words(text)];
      changes.push({ kind: 'before', parts: marked(left, new Set(right)) });
      changes.push({ kind: 'after', parts: marked(right, new Set(left)) });
    }
  }
  for (const [key, text] of old) if (!used.has(key)) changes.push({ kind: 'before', parts: [{ text, changed: true }] });
  return changes;
}

const words = (text: string): string[] => text.split(/(?<=[\s;,<>@=:"])/);
const marked = (parts: readonly string[], others: ReadonlySet<string>): Part[] =>
  parts.map((text) => ({ text, changed: !others.has(text) }));

/** Why a line usually differs between two hops or legs; undefined where that alone says something. */
export function whyDifferent({ parts }: { readonly parts: readonly Part[] }): Text | undefined {
  const line = parts.map((part) => part.text).join('');
  return reasons.find(([start]) => start.test(line))?.[1];
}

const reasons: readonly (readonly [RegExp, Text])[] = [
  [/^(?:via|v)\s?:/i, text('Each hop writes its own path.', 'Chaque saut écrit son propre chemin.')],
  [/^max-forwards\s?:/i, text('Counted down at each hop.', 'Décompté à chaque saut.')],
  [
    /^(?:call-id|i)\s?:/i,
    text('A border begins a dialog of its own behind it.', 'Une bordure ouvre derrière elle son propre dialogue.'),
  ],
  [/^content-length\s?:/i, text('Follows from the body.', 'Découle du corps.')],
  [
    /^m=\w+ \d+ .*SAVP/,
    text(
      'SRTP on this side; check that the other side is meant to differ.',
      'SRTP de ce côté ; vérifier que l’autre doit différer.',
    ),
  ],
];
