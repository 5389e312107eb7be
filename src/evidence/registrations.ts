/** Registrations: one address of record (To of REGISTER) at one registrar host, RFC 3261 §10. */
import { SECOND } from '../base/time';
import { linkSchemas, registrationOutcomes, type RegistrationOutcome } from './links';
import type { Evidence } from './evidence';
import { createIntern } from './intern';
import { builder, type Table } from './table';
import type { Transactions } from './transactions';
import { timerB } from './calls';

export interface Registrations {
  readonly table: Table<(typeof linkSchemas)['registrations']>;
  readonly registrationOf: Int32Array;
}

export function findRegistrations(
  evidence: Evidence,
  times: Float64Array,
  order: Uint32Array,
  transactions: Transactions,
  coverage: Float64Array,
): Registrations {
  const { messages, strings } = evidence;
  const { table, transactionOf } = transactions;
  const REGISTER = strings.find('REGISTER');
  const rows = builder(linkSchemas.registrations);
  const registrationOf = new Int32Array(messages.length).fill(-1);
  if (REGISTER === -1) return { table: rows.seal(), registrationOf };
  const keys = createIntern();
  const lastOf = new Int32Array(table.length).fill(-1);
  const inOrder: number[] = [];
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    if (messages.method[row] !== REGISTER) continue;
    const transaction = transactionOf[row]!;
    // the first message of a transaction says where it belongs, so a capture behind a NAT cannot split it
    let registration = table.registration[transaction]!;
    if (registration === -1) {
      const host = messages.status[row] === 0 ? messages.target[row]! : messages.source[row]!;
      const aor = messages.toUri[row]!;
      registration = keys.id(aor, host);
      if (registration === rows.length) rows.add({ aor, host, first: row, expires: -1 });
      table.registration[transaction] = registration;
      rows.columns.attempts[registration]!++;
      inOrder.push(transaction);
    }
    lastOf[transaction] = row;
    registrationOf[row] = registration;
    rows.columns.last[registration] = row;
    rows.columns.messages[registration]!++;
  }
  const { columns } = rows;
  const outcome: RegistrationOutcome[] = new Array<RegistrationOutcome>(rows.length).fill('unanswered');
  const granted = new Float64Array(rows.length).fill(NaN);
  const runsUntil = (row: number): number => coverage[messages.artifact[row]!]!;
  for (const transaction of inOrder) {
    const registration = table.registration[transaction]!;
    const request = table.request[transaction]!;
    const final = table.final[transaction]!;
    const status = table.status[transaction]!;
    if (final === -1) {
      const last = lastOf[transaction]!;
      // still waiting when the capture stopped: says nothing against what was known before
      const waited = runsUntil(last) >= times[last]! + timerB;
      if (waited) outcome[registration] = 'unanswered';
      continue;
    }
    columns.finalStatus[registration] = status;
    if (status >= 300) {
      outcome[registration] = status === 401 || status === 407 ? 'challenged' : 'rejected';
      continue;
    }
    const asked = request === -1 ? -1 : messages.expires[request]!;
    const expires = asked === 0 ? 0 : messages.expires[final]! >= 0 ? messages.expires[final]! : asked;
    columns.expires[registration] = expires;
    outcome[registration] = asked === 0 ? 'removed' : 'registered';
    granted[registration] = asked === 0 || expires < 0 ? NaN : times[final]! + expires * SECOND;
  }
  for (let registration = 0; registration < rows.length; registration++) {
    const over = granted[registration]! + timerB;
    if (outcome[registration] === 'registered' && runsUntil(columns.last[registration]!) > over) {
      outcome[registration] = 'lapsed';
    }
    columns.outcome[registration] = registrationOutcomes.indexOf(outcome[registration]!);
  }
  return { table: rows.seal(), registrationOf };
}
