/** What the evidence and the facts say for the fields of a support case. Everything is masked. */
import type { CallRow, CaseState, Desk } from '../../analysis/desk';
import { stepOf } from '../../checklists';
import type { Prefill } from '../../checklists/case-forms';
import type { At } from '../../evidence/evidence';
import { incidentSpan } from '../../facts/facts';
import { maskSecrets } from '../../session/mask';
import { severityWords } from '../../text/ui/widgets';
import { timeText } from '../../widgets/time';
import { stateWords } from '../Checklists/text';
import { incidentText } from '../Frame/session';
import { arrange } from '../Overview/model';
import type { Place } from '../Overview/places';
import type { Voice } from '../Overview/ticket';
import { caseText } from './text';

export type Prefilled = Readonly<Partial<Record<Prefill, string>>>;

export interface PrefillInput {
  readonly state: CaseState;
  readonly locale: string;
  readonly voice: Voice;
  ask<Result>(question: (desk: Desk) => Promise<Result>): Promise<Result>;
  describe(at: At): Promise<Place>;
}

const mostUsers = 20;
const mostFindings = 12;
const mostErrors = 6;
const mostCalls = 5;
const failed: readonly CallRow['outcome'][] = ['rejected', 'timeout', 'busy'];

export async function prefill(input: PrefillInput): Promise<Prefilled> {
  const { state, locale, voice } = input;
  const { facts } = state;
  const incident = incidentText(state, locale);
  const span = incidentSpan(facts);
  const zone = facts.incident?.value.zone ?? state.zone;
  const users = usersOf(state);
  const calls = await failedCalls(input);
  const [call] = calls;
  const date = span ? timeText(span.from, 'date', locale, zone) : undefined;
  const time = span
    ? `${timeText(span.from, 'minute', locale, zone)}${span.to > span.from ? `–${timeText(span.to, 'minute', locale, zone)}` : ''} ${incident?.zone ?? zone}`
    : undefined;
  const known: Partial<Record<Prefill, string | undefined>> = {
    users:
      users.length > mostUsers
        ? [...users.slice(0, mostUsers), voice.t(caseText.more, { count: users.length - mostUsers })].join('\n')
        : users.join('\n'),
    incident: incident ? `${incident.window} ${incident.zone}` : undefined,
    incidentDate: date,
    incidentTime: time,
    calledNumber: call ? partyOf(call.to) : facts.numbers?.value[1],
    callingNumber: call ? partyOf(call.from) : facts.numbers?.value[0],
    errors: await errorsOf(calls, input),
    findings: findingsOf(input),
    stepsDone: stepsOf(input),
    pieces: state.sources.map(({ name, bytes }) => voice.t(caseText.piece, { name, bytes: { bytes } })).join('\n'),
    accountNumber: facts.accountNumber?.value,
    userCount: users.length > 0 ? String(users.length) : undefined,
    trackingId: await trackingIdOf(input),
  };
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) => (value ? [[name, maskSecrets(value)]] : [])),
  );
}

/** Declared or seen users; else the people whom findings name. */
function usersOf({ facts, findings }: CaseState): readonly string[] {
  const known = facts.users?.value ?? [];
  if (known.length > 0) return known;
  const named = findings
    .filter(({ outcome }) => outcome === 'found')
    .flatMap(({ subject, also }) => [subject, ...also]);
  const mails = named.filter((name) => /^[^\s@:/]+@[^\s@:/]+$/.test(name));
  // two spellings of one address are one person: the first one stands for both
  const seen = new Set<string>();
  return mails.filter((mail) => !seen.has(mail.toLowerCase()) && seen.add(mail.toLowerCase()));
}

/** Calls that went wrong, those in the incident and with findings first. */
async function failedCalls({ state, ask }: PrefillInput): Promise<readonly CallRow[]> {
  if (state.counts.calls === 0) return [];
  const rows = await ask(async (desk) => {
    const all = await desk.calls({});
    return desk.callRows([...all.subarray(0, 500)]);
  });
  const span = incidentSpan(state.facts);
  const weight = (row: CallRow): number =>
    (span && row.start >= span.from && row.start <= span.to ? 2 : 0) + (row.findings.length > 0 ? 1 : 0);
  return rows
    .filter(({ outcome }) => failed.includes(outcome))
    .sort((a, b) => weight(b) - weight(a) || a.start - b.start)
    .slice(0, mostCalls);
}

/** User part of a SIP address, or what stands there. */
export const partyOf = (address: string): string =>
  /^(?:[^<]*<)?(?:sips?|tel):([^@;>]+)/i.exec(address)?.[1] ?? address.replace(/@.*$/, '');

async function errorsOf(calls: readonly CallRow[], { state, locale, voice, describe }: PrefillInput): Promise<string> {
  const lines = calls.map((call) => {
    const status = call.finalStatus > 0 ? String(call.finalStatus) : voice.t(caseText.noAnswer);
    const what = voice.t(caseText.call, {
      time: timeText(call.start, 'date-time', locale, state.zone),
      zone: state.zone,
      from: partyOf(call.from),
      to: partyOf(call.to),
      status,
    });
    return call.callIds[0] ? `${what}, ${voice.t(caseText.callId, { id: call.callIds[0] })}` : what;
  });
  const severe = state.findings.filter(
    ({ outcome, severity, at, under }) =>
      outcome === 'found' && under === undefined && at.length > 0 && (severity === 'blocker' || severity === 'error'),
  );
  const places = severe.slice(0, mostErrors).map(async ({ at }) => {
    const place = await describe(at[0]!).catch(() => undefined);
    return place?.text ? [voice.t(caseText.place, { where: place.where, text: place.text.slice(0, 200) })] : [];
  });
  return [...lines, ...(await Promise.all(places)).flat()].join('\n');
}

function findingsOf({ state, voice }: PrefillInput): string {
  const roots = arrange(state, 'root').roots.filter(
    ({ finding }) => finding.severity !== 'note' && state.notes.findings[finding.key]?.state !== 'not-relevant',
  );
  const lines = roots.slice(0, mostFindings).map(({ finding, rule }) =>
    voice.t(caseText.finding, {
      severity: voice.t(severityWords[finding.severity]),
      title: voice.t(rule.title, finding.values),
    }),
  );
  if (roots.length > mostFindings) lines.push(voice.t(caseText.more, { count: roots.length - mostFindings }));
  return lines.join('\n');
}

function stepsOf({ state, voice, locale }: PrefillInput): string {
  return Object.entries(state.notes.answers)
    .filter(([, { state: answered }]) => answered !== 'open')
    .sort(([, a], [, b]) => (a.when ?? 0) - (b.when ?? 0))
    .flatMap(([id, { state: answered, when, note }]) => {
      const step = stepOf(id)?.step;
      if (!step) return [];
      const line = voice.t(caseText.step, { state: voice.t(stateWords[answered]), ask: voice.t(step.ask) });
      const more = [when === undefined ? '' : timeText(when * 1000, 'day-time', locale, state.zone), note ?? ''];
      return [[line, ...more.filter(Boolean)].join(' – ')];
    })
    .join('\n');
}

const trackingId = /x-zm-trackingid["'\s:=\\]{1,6}([\w-]{6,80})/i;

/** Zoom answers its API calls with `x-zm-trackingid`; the first one that stands in a log. */
async function trackingIdOf({ state, ask }: PrefillInput): Promise<string | undefined> {
  if (state.counts.lines === 0) return undefined;
  const rows = await ask(async (desk) => {
    const all = await desk.lines({ filter: 'x-zm-trackingid' });
    return desk.lineRows([...all.subarray(0, 5)]);
  });
  return rows.flatMap(({ text }) => trackingId.exec(text)?.[1] ?? []).at(0);
}
