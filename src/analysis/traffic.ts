/** What calls and registrations have in common: both are sets of messages that are filtered, focused and sorted alike. */
import { transports } from '../evidence/schema';
import { amount, compares, folded, textTest, type Operator, type Term } from './filter';
import { per } from './per';
import { numberKey, uriKeys } from './user-joins';
import type { Focus, Sort } from './desk';
import type { View } from './view';

/** Message row of each place that a finding stands on; one pass, however many messages there are. */
const messagesOfFindings = per((view: View): ReadonlyMap<number, readonly number[]> => {
  const { evidence, findings } = view;
  const wanted = new Map<number, Map<number, number[]>>();
  findings.forEach(({ outcome, at }, index) => {
    if (outcome !== 'found') return;
    for (const place of at) {
      let offsets = wanted.get(place.artifact);
      if (!offsets) wanted.set(place.artifact, (offsets = new Map()));
      const list = offsets.get(place.offset);
      if (list) list.push(index);
      else offsets.set(place.offset, [index]);
    }
  });
  const found = new Map<number, readonly number[]>();
  if (wanted.size === 0) return found;
  const { artifact, offset, length } = evidence.messages;
  for (let row = 0; row < length; row++) {
    const list = wanted.get(artifact[row]!)?.get(offset[row]!);
    if (list) found.set(row, list);
  }
  return found;
});

/** Indexes of the findings that stand on messages of each row (`of` = `callOf` or `registrationOf`). */
export function findingsByRow(view: View, of: Int32Array): ReadonlyMap<number, readonly number[]> {
  const byRow = new Map<number, Set<number>>();
  for (const [message, findings] of messagesOfFindings(view)) {
    const row = of[message]!;
    if (row < 0) continue;
    const set = byRow.get(row) ?? new Set();
    for (const finding of findings) set.add(finding);
    byRow.set(row, set);
  }
  return new Map([...byRow].map(([row, set]) => [row, [...set].sort((a, b) => a - b)]));
}

/** How a table of message sets answers filter and sort. All are asked per row. */
export interface Traffic {
  readonly count: number;
  messages(row: number): Uint32Array;
  findings(row: number): readonly number[];
  /** String ids of those texts that are strings of the pool. */
  readonly ids?: Readonly<Record<string, Uint32Array>>;
  readonly texts: Readonly<Record<string, (row: number) => string>>;
  readonly numbers: Readonly<Record<string, (row: number) => number>>;
  /** Keys of `numbers` that are µs: a bare number compared with them is seconds. */
  readonly durations: readonly string[];
  readonly start: (row: number) => number;
  readonly end: (row: number) => number;
}

export function selectTraffic(
  view: View,
  traffic: Traffic,
  terms: readonly Term[],
  focus: readonly Focus[],
  sort: Sort | undefined,
): Uint32Array {
  const tests = [
    ...terms.map((term) => {
      const test = holds(view, traffic, term);
      return term.not ? (row: number): boolean => !test(row) : test;
    }),
    ...focus.map((one) => inFocus(view, traffic, one)),
  ];
  const rows: number[] = [];
  for (let row = 0; row < traffic.count; row++) if (tests.every((test) => test(row))) rows.push(row);
  const { column = 'start', descending = false } = sort ?? {};
  const direction = descending ? -1 : 1;
  const number = column === 'start' ? traffic.start : traffic.numbers[column];
  const text = traffic.texts[column];
  if (number) {
    const keys = new Float64Array(traffic.count);
    for (const row of rows) keys[row] = number(row);
    // what did not happen stands last, whichever way it is sorted
    rows.sort((a, b) => {
      const [left, right] = [keys[a]!, keys[b]!];
      if (Number.isNaN(left) || Number.isNaN(right))
        return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || a - b;
      return (left - right) * direction || a - b;
    });
  } else if (text) {
    return byText(rows, text, direction, traffic.count);
  }
  return Uint32Array.from(rows);
}

/** Few texts name many rows: the texts are put in order, the rows then by numbers alone. */
function byText(rows: readonly number[], text: (row: number) => string, direction: number, count: number): Uint32Array {
  const distinct = new Map<string, number>();
  const texts = rows.map((row) => {
    const own = text(row);
    let id = distinct.get(own);
    if (id === undefined) distinct.set(own, (id = distinct.size));
    return id;
  });
  const words = [...distinct.keys()].map(folded);
  const order = [...words.keys()].sort((a, b) =>
    words[a]! < words[b]! ? -direction : words[a]! > words[b]! ? direction : 0,
  );
  const rank = new Float64Array(words.length);
  order.forEach((id, place) => {
    // texts that differ by case alone stand together
    const before = order[place - 1];
    rank[id] = before !== undefined && words[before] === words[id] ? rank[before]! : place;
  });
  // both fit a double: at most as many ranks as rows, and those are message sets
  const keys = Float64Array.from(rows, (row, n) => rank[texts[n]!]! * count + row).sort();
  return Uint32Array.from(keys, (key) => key % count);
}

type Test = (row: number) => boolean;

/** A term as a test of rows. What depends on a string alone is asked once for each string, however many rows hold it. */
function holds(view: View, traffic: Traffic, term: Term): Test {
  const { key, operator, value } = term;
  const { messages } = view.evidence;
  // `method:INVITE|BYE`: one of them
  if (key !== '' && (operator === ':' || operator === '=') && value.includes('|')) {
    const tests = value.split('|').map((one) => holds(view, traffic, { ...term, value: one }));
    return (row) => tests.some((test) => test(row));
  }
  const some =
    (test: (message: number) => boolean): Test =>
    (row) =>
      traffic.messages(row).some(test);
  const among = (columns: readonly Uint32Array[], test: (text: string) => boolean): Test =>
    messagesHold(view, traffic, columns, test);
  const column = (ids: Uint32Array, wanted: Operator): Test => among([ids], textTest(wanted, value));
  switch (key) {
    case '':
      return word(value);
    case 'method':
      return column(messages.method, '=');
    case 'status': {
      if (/^[1-6]xx$/i.test(value)) {
        const hundred = Number(value[0]) * 100;
        return some((message) => {
          const status = messages.status[message]!;
          return (
            status > 0 &&
            (operator === ':' || operator === '='
              ? Math.floor(status / 100) * 100 === hundred
              : compares(operator, status, operator === '>' || operator === '<=' ? hundred + 99 : hundred))
          );
        });
      }
      const wanted = amount(value);
      return some((message) => messages.status[message]! > 0 && compares(operator, messages.status[message]!, wanted));
    }
    case 'host':
      return among([messages.source, messages.target], textTest(operator, value));
    case 'port': {
      const wanted = Number(value);
      return some(
        (message) =>
          compares(operator, messages.sourcePort[message]!, wanted) ||
          compares(operator, messages.targetPort[message]!, wanted),
      );
    }
    case 'transport': {
      const wanted = transports.map(textTest('=', value));
      return some((message) => wanted[messages.transport[message]!] ?? false);
    }
    case 'reason':
      return column(messages.reason, operator);
    case 'user':
      return among([messages.fromUri, messages.toUri, messages.requestUri], textTest(operator, value));
    case 'callid':
      return column(messages.callId, operator);
    case 'agent':
      return column(messages.agent, operator);
    case 'finding':
      return value === 'any'
        ? (row) => traffic.findings(row).length > 0
        : (row) =>
            traffic.findings(row).some((index) => {
              const { rule, severity } = view.findings[index]!;
              return rule.includes(value) || severity === value;
            });
    default: {
      const number = Object.hasOwn(traffic.numbers, key) ? traffic.numbers[key] : undefined;
      if (number) {
        const bare = /^[\d.,]+$/.test(value) && traffic.durations.includes(key);
        const percent = /^[\d.,]+%$/.test(value) ? value.slice(0, -1) : value;
        const wanted = amount(bare ? `${value}s` : percent);
        return (row) => compares(operator, number(row), wanted);
      }
      const text = Object.hasOwn(traffic.texts, key) ? traffic.texts[key] : undefined;
      // no key of ours, as in `sip:4142@pbx.example` or `fe80::1`: a word
      if (!text) return word(`${key}${operator}${value}`);
      const holdsIt = textTest(operator, value);
      const test = perText((own) => holdsIt(own) || (operator === '=' && holdsIt(userOf(own))));
      return (row) => test(text(row));
    }
  }

  function word(wanted: string): Test {
    const holdsIt = textTest(':', wanted);
    const pooled = Object.values(traffic.ids ?? {});
    const texts = Object.entries(traffic.texts).flatMap(([name, text]) => (traffic.ids?.[name] ? [] : [text]));
    const test = perText(holdsIt);
    const testOf = perString(view, holdsIt);
    const message = among([messages.callId, messages.source, messages.target], holdsIt);
    return (row) => pooled.some((ids) => testOf(ids[row]!)) || texts.some((text) => test(text(row))) || message(row);
  }
}

/** `4142` of `sip:4142@pbx.example`: what `from=4142` is compared with. */
const userOf = (uri: string): string => /^(?:sips?|tel):([^@;>]+)/i.exec(uri)?.[1] ?? uri;

/** Whether any message of a row holds, in one of its columns, a string that fits. */
function messagesHold(
  view: View,
  traffic: Traffic,
  columns: readonly Uint32Array[],
  test: (text: string) => boolean,
): Test {
  const known = perString(view, test);
  return (row) => {
    const own = traffic.messages(row);
    for (const column of columns) {
      // one after the other is mostly of the same: asked once
      let before = -1;
      for (let n = 0; n < own.length; n++) {
        const id = column[own[n]!]!;
        if (id !== before && known(id)) return true;
        before = id;
      }
    }
    return false;
  };
}

/** A test of texts, each asked once. */
function perText(test: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    let result = known.get(text);
    if (result === undefined) known.set(text, (result = test(text)));
    return result;
  };
}

/** A test of pooled strings by id, each asked once. */
function perString({ evidence: { strings } }: View, test: (text: string) => boolean): (id: number) => boolean {
  const known = new Uint8Array(strings.size);
  return (id) => {
    if (known[id] === 0) known[id] = test(strings.text(id)) ? 2 : 1;
    return known[id] === 2;
  };
}

function inFocus(view: View, traffic: Traffic, focus: Focus): Test {
  const { messages } = view.evidence;
  const among = (columns: readonly Uint32Array[], test: (text: string) => boolean): Test =>
    messagesHold(view, traffic, columns, test);
  switch (focus.kind) {
    case 'time':
      return (row) => traffic.start(row) <= focus.to && traffic.end(row) >= focus.from;
    case 'host':
      return among([messages.source, messages.target], (text) => focus.values.includes(text));
    case 'id':
      return among([messages.callId], (text) => focus.values.includes(text));
    case 'user':
    case 'number': {
      const wanted = new Set(
        focus.values.flatMap((value) => [folded(value), numberKey(value), ...uriKeys(value).map(folded)]),
      );
      wanted.delete('');
      return among([messages.fromUri, messages.toUri, messages.requestUri], (text) =>
        uriKeys(text).some((key) => wanted.has(folded(key))),
      );
    }
  }
}

/** Distinct addresses of a set of messages, in order of appearance. */
export function hosts({ evidence: { messages, strings } }: View, rows: Uint32Array): string[] {
  const ids = new Set<number>();
  for (const row of rows) ids.add(messages.source[row]!).add(messages.target[row]!);
  return [...ids].map((id) => strings.text(id));
}
