/** The result as JSON, format `psiscope-analysis` 1: the outside contract of the command. Keys may be added only. */
import type { At } from '../../src/evidence/evidence';
import type { ClockOf } from '../../src/evidence/clock';
import { joinWeight } from '../../src/evidence/join-evidence';
import { outcomes, registrationOutcomes } from '../../src/evidence/links';
import { performanceOf } from '../../src/evidence/performance';
import { iso } from '../../src/base/time';
import { zoneOffset } from '../../src/facts/facts';
import type { Derived } from './derive';

export interface Timing {
  readonly unpackMs: number;
  readonly parseMs: number;
  readonly linkMs: number;
  readonly rulesMs: number;
  readonly totalMs: number;
  readonly peakRssMiB: number;
}

export function resultOf(derived: Derived, digest: boolean, timing: Timing) {
  const { evidence, findings } = derived;
  const path = (artifact: number): string => evidence.artifacts[artifact]?.path ?? '';
  return {
    format: 'psiscope-analysis',
    version: 1,
    facts: factsOf(derived),
    sources: evidence.sources,
    artifacts: artifactsOf(derived, digest),
    captures: evidence.artifacts.flatMap(({ path: artifact, capture }) =>
      capture ? [{ artifact, ...sorted(capture) }] : [],
    ),
    calls: callsOf(derived),
    registrations: registrationsOf(derived),
    sessions: performanceOf(evidence, derived.clock, derived.links).sessions,
    users: usersOf(derived),
    findings: findings.map((finding) => ({
      rule: finding.rule,
      rows: finding.rows,
      outcome: finding.outcome,
      severity: finding.severity,
      basis: finding.basis,
      confidence: finding.confidence,
      subject: finding.subject,
      under: finding.under ?? null,
      at: finding.at.map((at) => placeOf(at, path)),
      count: finding.count,
      values: finding.values,
      missing: finding.missing,
      guards: finding.guards,
      clockAssumed: finding.clockAssumed,
    })),
    problems: evidence.problems.map(({ artifact, ...problem }) => ({ artifact: path(artifact), ...problem })),
    timing: Object.fromEntries(Object.entries(timing).map(([key, value]) => [key, Math.round(value)])),
  };
}

function factsOf({ facts, evidence }: Derived) {
  const ids = Object.keys(facts).sort();
  return Object.fromEntries(
    ids.map((id) => {
      const { value, origin, artifact, conflict } = facts[id as keyof typeof facts]!;
      return [
        id,
        {
          value,
          origin,
          ...(artifact === undefined ? {} : { artifact: evidence.artifacts[artifact]?.path }),
          ...(conflict
            ? { conflict: { value: conflict.value, artifact: evidence.artifacts[conflict.artifact]?.path } }
            : {}),
        },
      ];
    }),
  );
}

function artifactsOf({ evidence, clock }: Derived, digest: boolean) {
  const problems = new Map<number, number>();
  for (const { artifact } of evidence.problems) problems.set(artifact, (problems.get(artifact) ?? 0) + 1);
  return evidence.artifacts.map((artifact, index) => {
    const { from, to } = clock.span(index);
    const zone = zoneOf(clock.zones[index]!, artifact.first);
    return {
      path: artifact.path,
      kind: artifact.kind,
      provides: artifact.provides,
      confidence: artifact.confidence,
      bytes: artifact.bytes,
      records: artifact.records,
      ...(Number.isFinite(from) ? { first: iso(from), last: iso(to) } : {}),
      ...(zone ? { zone } : {}),
      ...(artifact.host ? { host: artifact.host } : {}),
      problems: problems.get(index) ?? 0,
      ...(digest && artifact.sha256 ? { sha256: artifact.sha256 } : {}),
    };
  });
}

/** `+02:00 (assumed)`: the offset at the first time, and where the zone comes from. */
function zoneOf({ origin, zone }: ClockOf, first: number): string | undefined {
  if (origin === 'none' || !Number.isFinite(first)) return undefined;
  if (origin === 'written') return 'written';
  const minutes = Math.round(zoneOffset(first / 1000, zone) / 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)} (${origin})`;
}

const millis = (name: string, micros: number): Readonly<Record<string, number>> =>
  Number.isFinite(micros) ? { [name]: Math.round(micros / 1000) } : {};

function callsOf({ evidence, clock, links }: Derived) {
  const { disconnectDelay } = performanceOf(evidence, clock, links);
  const { calls, legs, dialogs, joins } = links;
  const { strings } = evidence;
  const legsOf = new Map<number, number[]>();
  for (let leg = 0; leg < legs.length; leg++) {
    const call = legs.call[leg]!;
    if (call < 0) continue;
    const list = legsOf.get(call);
    if (list) list.push(leg);
    else legsOf.set(call, [leg]);
  }
  const dialogCount = new Uint32Array(legs.length);
  for (let dialog = 0; dialog < dialogs.length; dialog++) {
    const leg = dialogs.leg[dialog]!;
    if (leg >= 0) dialogCount[leg]!++;
  }
  const joinedBy = new Map<number, Set<string>>();
  const joinHeaders = new Map<number, Set<string>>();
  for (let join = 0; join < joins.length; join++) {
    const call = legs.call[joins.legA[join]!]!;
    if (call !== legs.call[joins.legB[join]!] || joins.weight[join]! < joinWeight) continue;
    const reasons = joinedBy.get(call) ?? new Set();
    joinedBy.set(call, reasons.add(strings.text(joins.reason[join]!)));
    if (joins.header[join] === 0) continue;
    joinHeaders.set(call, (joinHeaders.get(call) ?? new Set()).add(strings.text(joins.header[join]!)));
  }
  return Array.from({ length: calls.length }, (_, call) => {
    const start = calls.start[call]!;
    const answer = calls.answer[call]!;
    const end = calls.end[call]!;
    return {
      legs: (legsOf.get(call) ?? []).map((leg) => ({
        callId: strings.text(legs.callId[leg]!),
        messages: legs.messages[leg]!,
        dialogs: dialogCount[leg]!,
      })),
      joinedBy: [...(joinedBy.get(call) ?? [])].sort(),
      ...(joinHeaders.has(call) ? { joinHeaders: [...joinHeaders.get(call)!].sort() } : {}),
      from: strings.text(calls.from[call]!),
      to: strings.text(calls.to[call]!),
      start: iso(start),
      outcome: outcomes[calls.outcome[call]!],
      finalStatus: calls.finalStatus[call]!,
      ...(Number.isFinite(answer) ? { setupMs: Math.round((answer - start) / 1000) } : {}),
      ...(Number.isFinite(answer) && Number.isFinite(end) ? { durationMs: Math.round((end - answer) / 1000) } : {}),
      ...millis('disconnectMs', disconnectDelay[call]!),
    };
  });
}

function registrationsOf({ evidence, clock, links }: Derived) {
  const { registrations } = links;
  const { registrationDelay, ineffective } = performanceOf(evidence, clock, links);
  return Array.from({ length: registrations.length }, (_, row) => ({
    aor: evidence.strings.text(registrations.aor[row]!),
    host: evidence.strings.text(registrations.host[row]!),
    outcome: registrationOutcomes[registrations.outcome[row]!],
    finalStatus: registrations.finalStatus[row]!,
    attempts: registrations.attempts[row]!,
    ineffective: ineffective[row]!,
    ...millis('requestDelayMs', registrationDelay[row]!),
  }));
}

function usersOf({ evidence: { users, userIssues, strings } }: Derived) {
  const issues = new Map<string, number>();
  const withIssues = new Set<number>();
  const notChecked = new Set<number>();
  for (let row = 0; row < userIssues.length; row++) {
    const known = strings.text(userIssues.known[row]!);
    const code = known || strings.text(userIssues.code[row]!);
    issues.set(code, (issues.get(code) ?? 0) + 1);
    withIssues.add(userIssues.user[row]!);
    // the missing licence stops every further check of that user
    if (known === 'NoClZoomPsiLicense') notChecked.add(userIssues.user[row]!);
  }
  return {
    rows: users.length,
    withIssues: withIssues.size,
    notChecked: notChecked.size,
    issues: Object.fromEntries([...issues].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function placeOf({ artifact, ...place }: At, path: (artifact: number) => string) {
  return { artifact: path(artifact), ...place };
}

/** Counts by method and status in an order of their own, not that of the packets. */
function sorted<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ]),
  ) as T;
}
