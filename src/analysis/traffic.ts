/** What calls and registrations have in common: both are sets of messages that are filtered, focused and sorted alike. */
import { transports } from '../evidence/schema';
import { amount, compares, folded, holdsText, type Operator, type Term } from './filter';
import { per } from './per';
import { numberKey, uriKeys } from './user-joins';
import type { Focus, Sort } from './desk';
import type { View } from './view';

/** Message row of each place that a finding stands on; one pass, however many messages there are. */
const messagesOfFindings = per((view: View): ReadonlyMap<number, readonly number[]> => {
  const { evidence, findings } = view;
  const wanted = new Map<string, number[]>();
  findings.forEach(({ outcome, at }, index) => {
    if (outcome !== 'found') return;
    for (const place of at) {
      const key = `${place.artifact}:${place.offset}`;
      const list = wanted.get(key);
      if (list) list.push(index);
      else wanted.set(key, [index]);
    }
  });
  const found = new Map<number, readonly number[]>();
  if (wanted.size === 0) return found;
  const { artifact, offset, length } = evidence.messages;
  for (let row = 0; row < length; row++) {
    const list = wanted.get(`${artifact[row]}:${offset[row]}`);
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
    const keys = new Map(rows.map((row) => [row, folded(text(row))]));
    rows.sort((a, b) => {
      const [left, right] = [keys.get(a)!, keys.get(b)!];
      return (left < right ? -direction : left > right ? direction : 0) || a - b;
    });
  }
  return Uint32Array.from(rows);
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
  const column = (ids: Uint32Array, wanted: Operator): ((message: number) => boolean) => {
    const test = perString(view, (text) => holdsText(wanted, text, value));
    return (message) => test(ids[message]!);
  };
  const either =
    (...tests: ((message: number) => boolean)[]): ((message: number) => boolean) =>
    (message) =>
      tests.some((test) => test(message));
  const hosts = either(column(messages.source, operator), column(messages.target, operator));
  switch (key) {
    case '':
      return word(value);
    case 'method':
      return some(column(messages.method, '='));
    case 'status':
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
      return some(
        (message) => messages.status[message]! > 0 && compares(operator, messages.status[message]!, amount(value)),
      );
    case 'host':
      return some(hosts);
    case 'port':
      return some((message) => {
        const wanted = Number(value);
        return (
          compares(operator, messages.sourcePort[message]!, wanted) ||
          compares(operator, messages.targetPort[message]!, wanted)
        );
      });
    case 'transport':
      return some((message) => holdsText('=', transports[messages.transport[message]!] ?? '', value));
    case 'reason':
      return some(column(messages.reason, operator));
    case 'user':
      return some(
        either(...[messages.fromUri, messages.toUri, messages.requestUri].map((ids) => column(ids, operator))),
      );
    case 'callid':
      return some(column(messages.callId, operator));
    case 'agent':
      return some(column(messages.agent, operator));
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
      return (row) =>
        holdsText(operator, text(row), value) || (operator === '=' && holdsText('=', userOf(text(row)), value));
    }
  }

  function word(wanted: string): Test {
    const texts = Object.values(traffic.texts);
    const test = perString(view, (text) => holdsText(':', text, wanted));
    const message = some(
      either(...[messages.callId, messages.source, messages.target].map((ids) => (at: number) => test(ids[at]!))),
    );
    return (row) => texts.some((text) => holdsText(':', text(row), wanted)) || message(row);
  }
}

/** `4142` of `sip:4142@pbx.example`: what `from=4142` is compared with. */
const userOf = (uri: string): string => /^(?:sips?|tel):([^@;>]+)/i.exec(uri)?.[1] ?? uri;

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
  const among = (columns: readonly Uint32Array[], test: (text: string) => boolean): Test => {
    const known = perString(view, test);
    return (row) => traffic.messages(row).some((message) => columns.some((column) => known(column[message]!)));
  };
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
