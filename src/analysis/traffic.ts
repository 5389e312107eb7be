/** What calls and registrations have in common: both are sets of messages that are filtered, focused and sorted alike. */
import { compares, amount, folded, holdsText, type Term } from './filter';
import { per } from './per';
import { uriKeys } from './user-joins';
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
  const rows: number[] = [];
  for (let row = 0; row < traffic.count; row++) {
    if (
      terms.every((term) => holds(view, traffic, term, row) !== term.not) &&
      focus.every((one) => inFocus(view, traffic, one, row))
    )
      rows.push(row);
  }
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

function holds(view: View, traffic: Traffic, { key, operator, value }: Term, row: number): boolean {
  const { evidence } = view;
  const { messages, strings } = evidence;
  const some = (test: (message: number) => boolean): boolean => traffic.messages(row).some(test);
  switch (key) {
    case '':
      return (
        Object.values(traffic.texts).some((text) => holdsText(':', text(row), value)) ||
        some(
          (message) =>
            holdsText(':', strings.text(messages.callId[message]!), value) ||
            hostsOf(view, message).some((host) => host.includes(value)),
        )
      );
    case 'method':
      return some((message) => holdsText('=', strings.text(messages.method[message]!), value));
    case 'status':
      if (operator === ':' && /^[1-6]xx$/i.test(value)) {
        return some((message) => Math.floor(messages.status[message]! / 100) === Number(value[0]));
      }
      return some(
        (message) => messages.status[message]! > 0 && compares(operator, messages.status[message]!, amount(value)),
      );
    case 'host':
      return some((message) => hostsOf(view, message).some((host) => holdsText(operator, host, value)));
    case 'callid':
      return some((message) => holdsText(operator, strings.text(messages.callId[message]!), value));
    case 'agent':
      return some((message) => holdsText(operator, strings.text(messages.agent[message]!), value));
    case 'finding':
      return value === 'any'
        ? traffic.findings(row).length > 0
        : traffic.findings(row).some((index) => {
            const { rule, severity } = view.findings[index]!;
            return rule.includes(value) || severity === value;
          });
    default: {
      const number = traffic.numbers[key];
      if (number) return compares(operator, number(row), amount(value));
      const text = traffic.texts[key];
      return text !== undefined && holdsText(operator, text(row), value);
    }
  }
}

function inFocus(view: View, traffic: Traffic, focus: Focus, row: number): boolean {
  const { messages, strings } = view.evidence;
  switch (focus.kind) {
    case 'time':
      return traffic.start(row) <= focus.to && traffic.end(row) >= focus.from;
    case 'host':
      return traffic
        .messages(row)
        .some((message) => hostsOf(view, message).some((host) => focus.values.includes(host)));
    case 'id':
      return traffic.messages(row).some((message) => focus.values.includes(strings.text(messages.callId[message]!)));
    case 'user':
    case 'number': {
      const wanted = new Set(focus.values.map((value) => folded(value)));
      return traffic
        .messages(row)
        .some((message) =>
          [messages.fromUri, messages.toUri, messages.requestUri].some((column) =>
            uriKeys(strings.text(column[message]!)).some((key) => wanted.has(folded(key))),
          ),
        );
    }
  }
}

const hostsOf = ({ evidence: { messages, strings } }: View, message: number): readonly string[] => [
  strings.text(messages.source[message]!),
  strings.text(messages.target[message]!),
];

/** Distinct addresses of a set of messages, in order of appearance. */
export function hosts(view: View, rows: Uint32Array): string[] {
  return [...new Set([...rows].flatMap((message) => hostsOf(view, message)))];
}
