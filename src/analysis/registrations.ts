import { SECOND } from '../base/time';
import { registrationOutcomes } from '../evidence/links';
import { performanceOf } from '../evidence/performance';
import type { Query, RegistrationRow } from './desk';
import { parseFilter } from './filter';
import { per } from './per';
import { findingsByRow, selectTraffic, type Traffic } from './traffic';
import type { View } from './view';

const traffic = per((view: View): Traffic => {
  const { evidence, clock, links } = view;
  const { registrations } = links;
  const { strings } = evidence;
  const findings = findingsByRow(view, links.registrationOf);
  const at = (message: number): number => clock.messages[message]!;
  return {
    count: registrations.length,
    messages: (row) => links.registrationMessages(row),
    findings: (row) => findings.get(row) ?? [],
    start: (row) => at(registrations.first[row]!),
    end: (row) => at(registrations.last[row]!),
    texts: {
      aor: (row) => strings.text(registrations.aor[row]!),
      registrar: (row) => strings.text(registrations.host[row]!),
      outcome: (row) => registrationOutcomes[registrations.outcome[row]!]!,
    },
    numbers: {
      final: (row) => registrations.finalStatus[row]!,
      attempts: (row) => registrations.attempts[row]!,
      expires: (row) => (registrations.expires[row]! < 0 ? NaN : registrations.expires[row]! * SECOND),
      delay: (row) => performanceOf(evidence, clock, links).registrationDelay[row]!,
      ineffective: (row) => performanceOf(evidence, clock, links).ineffective[row]!,
      findings: (row) => findings.get(row)?.length ?? 0,
      end: (row) => at(registrations.last[row]!),
    },
    durations: ['expires', 'delay'],
  };
});

export function selectRegistrations(view: View, query: Query): Uint32Array {
  return selectTraffic(view, traffic(view), parseFilter(query.filter ?? ''), query.focus ?? [], query.sort);
}

export function describeRegistrations(view: View, rows: readonly number[]): RegistrationRow[] {
  const { evidence, clock, links } = view;
  const { registrations } = links;
  const { messages, strings } = evidence;
  const { findings } = traffic(view);
  const { registrationDelay, ineffective } = performanceOf(evidence, clock, links);
  return rows
    .filter((row) => row >= 0 && row < registrations.length)
    .map((row) => {
      const contact = [...links.registrationMessages(row)].find((message) => messages.contact[message] !== 0);
      return {
        row,
        aor: strings.text(registrations.aor[row]!),
        host: strings.text(registrations.host[row]!),
        contact: contact === undefined ? '' : strings.text(messages.contact[contact]!),
        outcome: registrationOutcomes[registrations.outcome[row]!]!,
        finalStatus: registrations.finalStatus[row]!,
        attempts: registrations.attempts[row]!,
        expires: registrations.expires[row]!,
        start: clock.messages[registrations.first[row]!]!,
        end: clock.messages[registrations.last[row]!]!,
        delay: registrationDelay[row]!,
        ineffective: ineffective[row]!,
        findings: findings(row),
      };
    });
}
