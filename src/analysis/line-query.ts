/**
 * Which rows of the timeline a query wants. Filter keys: `level:` (error, warning, info, debug or a level's name),
 * `source:` (part of a path), `kind:` (line, message, event), `method:`, `status:` (of messages: `4xx`, `status>=400`), `id:` or `corr:`
 * (correlation id, Call-ID, wherever it is written), `number:`, `host:`; plain words and `/regular expressions/` look into the raw text.
 * All terms must hold; `-` in front turns one round.
 */
import { levels } from '../evidence/schema';
import type { Focus, LineQuery } from './desk';
import { compares, parseFilter, type Term } from './filter';
import { find, has, type Needle, type Read } from './scan';
import { rowKind, timeline } from './timeline';
import { uriKeys } from './user-joins';
import type { View } from './view';

export interface Wanted {
  /** Everything but levels, artifacts and times. */
  readonly test: ((row: number) => boolean) | undefined;
  readonly unsearched: number;
  readonly refused: readonly string[];
}

type Test = (row: number) => boolean;

export async function wantedRows(view: View, query: LineQuery, read: Read): Promise<Wanted> {
  const refused: string[] = [];
  const tests: Test[] = [];
  const pending: { readonly needles: readonly Needle[]; readonly make: (found: readonly Uint8Array[]) => Test }[] = [];
  for (const term of parseFilter(query.filter ?? '')) {
    const made = termTest(view, term);
    if (made === undefined) refused.push(asTyped(term));
    else if (typeof made === 'function') tests.push(term.not ? (row) => !made(row) : made);
    else
      pending.push({
        needles: [made],
        make: ([bits]) => (term.not ? (row) => !has(bits!, row) : (row) => has(bits!, row)),
      });
  }
  for (const focus of query.focus ?? []) {
    if (focus.kind === 'time') {
      const line = timeline(view);
      tests.push((row) => {
        const time = line.time(row);
        return time >= focus.from && time <= focus.to;
      });
    } else if (focus.values.length > 0) {
      const needles = focus.values.map((text): Needle => ({ text, whole: focus.kind !== 'id' && !text.includes('@') }));
      const named = focusTest(view, focus);
      pending.push({ needles, make: (found) => (row) => named(row) || found.some((bits) => has(bits, row)) });
    }
  }
  const needles = pending.flatMap((one) => one.needles);
  const found = needles.length > 0 ? await find(view.evidence, needles, read) : [];
  let at = 0;
  for (const { needles: own, make } of pending) {
    tests.push(make(found.slice(at, (at += own.length)).map(({ bits }) => bits)));
  }
  return {
    test: tests.length === 0 ? undefined : tests.length === 1 ? tests[0] : (row) => tests.every((test) => test(row)),
    unsearched: found.reduce((most, one) => Math.max(most, one.unsearched), 0),
    refused,
  };
}

/** A test on columns, a word to look for in the text, or undefined where the term makes no sense. */
function termTest(view: View, term: Term): Test | Needle | undefined {
  const { key, operator, value } = term;
  const { evidence } = view;
  const { messages, strings } = evidence;
  const line = timeline(view);
  const wanted = value.toLowerCase();
  switch (key) {
    case 'level': {
      const chosen = levelsNamed(wanted);
      return chosen && ((row) => chosen.includes(line.level(row)));
    }
    case 'source': {
      const chosen = evidence.artifacts.map(({ path }) => path.toLowerCase().includes(wanted));
      return (row) => chosen[line.artifact(row)]!;
    }
    case 'kind':
      return (row) => rowKind(line, row).kind === wanted;
    case 'method':
      return ofMessage((message) => strings.text(messages.method[message]!).toLowerCase() === wanted);
    case 'status':
      return ofMessage((message) => {
        const status = messages.status[message]!;
        if (status === 0) return false;
        return /^\dxx$/.test(wanted) ? String(status)[0] === wanted[0] : compares(operator, status, Number(wanted));
      });
    case 'host':
      return ofMessage((message) =>
        [messages.source[message]!, messages.target[message]!].some((id) => strings.text(id).toLowerCase() === wanted),
      );
    case 'id':
    case 'corr':
      return { text: value };
    case 'number':
      return { text: value, whole: true };
    default: {
      const regex = /^\/(.+)\/i?$/.exec(value);
      if (regex && !key) return isLinear(regex[1]!) ? { text: regex[1]!, regex: true } : undefined;
      return { text: asTyped(term) };
    }
  }
  function ofMessage(test: (message: number) => boolean): Test {
    return (row) => row >= line.messages && row < line.events && test(row - line.messages);
  }
}

/** A term that is no key of ours is text: `skew=432s`, `sip:4142@pbx.example`. */
const asTyped = ({ key, operator, value }: Term): string => (key ? `${key}${operator}${value}` : value);

/** What belongs to a focus by its columns; its names are looked for in the text besides. */
function focusTest(view: View, focus: Exclude<Focus, { kind: 'time' }>): Test {
  const { evidence } = view;
  const { lines, messages, strings } = evidence;
  const line = timeline(view);
  const values = new Set(focus.values.map((value) => value.toLowerCase()));
  const asked = new Map<number, boolean>();
  const known = (id: number): boolean => {
    let answer = asked.get(id);
    if (answer === undefined) {
      const text = strings.text(id).toLowerCase();
      answer = values.has(text) || (focus.kind !== 'id' && uriKeys(text).some((key) => values.has(key)));
      asked.set(id, answer);
    }
    return answer;
  };
  const ofHost = evidence.artifacts.map(
    ({ host }) => focus.kind === 'host' && host !== undefined && values.has(host.toLowerCase()),
  );
  return (row) => {
    if (row < line.messages) return ofHost[lines.artifact[row]!]!;
    if (row >= line.events) return false;
    const message = row - line.messages;
    if (focus.kind === 'id') return known(messages.callId[message]!);
    if (focus.kind === 'host') return known(messages.source[message]!) || known(messages.target[message]!);
    return known(messages.fromUri[message]!) || known(messages.toUri[message]!) || known(messages.requestUri[message]!);
  };
}

const families: Readonly<Record<string, readonly number[]>> = {
  error: [5, 6],
  warning: [4],
  warn: [4],
  info: [3],
  debug: [1, 2],
  none: [0],
};
function levelsNamed(name: string): readonly number[] | undefined {
  if (Object.hasOwn(families, name)) return families[name];
  const index = (levels as readonly string[]).indexOf(name);
  return index > 0 ? [index] : undefined;
}

/**
 * Only regular expressions whose time stays bearable on hostile text: no reference back, no look-around, no repeated
 * group that itself repeats or chooses, at most two repetitions of «anything».
 */
export function isLinear(source: string): boolean {
  if (source.length > 200 || /\\[1-9k]|\(\?(?:[=!]|<[=!])/.test(source)) return false;
  try {
    new RegExp(source, 'iu');
  } catch {
    return false;
  }
  // for each open group: does it hold a repetition or a choice?
  const open: boolean[] = [];
  let repetitions = 0;
  let anything = 0;
  for (let at = 0; at < source.length; at++) {
    const sign = source[at]!;
    if (sign === '\\') at++;
    else if (sign === '[') while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
    else if (sign === '(') open.push(false);
    else if (sign === '|') inGroup();
    else if (sign === ')') {
      const inner = open.pop() ?? false;
      const repeated = /^[*+{]/.test(source.slice(at + 1));
      if (repeated && inner) return false;
      if (repeated || inner) inGroup();
    } else if (/[*+{]/.test(sign)) {
      repetitions++;
      if (/[.\]SDW]/.test(source[at - 1] ?? '')) anything++;
      inGroup();
    }
  }
  return repetitions <= 6 && anything <= 2;
  function inGroup(): void {
    if (open.length > 0) open[open.length - 1] = true;
  }
}
