/** How a step stands: what a person answered, what the evidence says, and whether the two agree. */
import type { Checklist, ChecklistStep, Phase } from '../../checklists/checklist';
import type { Border, Facts, Pbx } from '../../facts/facts';
import type { Finding } from '../../rules/evaluate';
import type { Answer, Notes } from '../../session/notes';

export type StepState = Answer['state'] | 'not-evaluated' | 'info';
export const filters = ['all', 'open', 'failed', 'not-evaluated', 'mine'] as const;
export type Filter = (typeof filters)[number];

/** What the rules of a step say together. */
export interface Settled {
  readonly verdict: 'pass' | 'fail' | 'not-evaluated';
  /** Indexes into the findings of the session: what was found. */
  readonly found: readonly number[];
  /** `art.*` and facts that would let the rules run. */
  readonly missing: readonly string[];
  /** `art.*` and facts that are there, where they settle a step to collect. */
  readonly there: readonly string[];
}

/** What is loaded and said, besides the findings. */
export interface Given {
  readonly provided: readonly string[];
  readonly facts: Facts;
}
const nothing: Given = { provided: [], facts: {} };

export interface Standing {
  readonly state: StepState;
  readonly by: 'nobody' | 'hand' | 'evidence' | 'both';
  /** A person and the evidence say the contrary of each other; the person's answer stands. */
  readonly disagree: boolean;
  /** The person has seen what the evidence says and keeps the answer. */
  readonly kept: boolean;
  readonly answer?: Answer;
  readonly settled?: Settled;
}

/** Phases that tell something and ask for nothing. */
const told: readonly Phase[] = ['warn', 'limit', 'note'];
export const asks = (step: ChecklistStep): boolean => !told.includes(step.phase) || step.settledBy !== undefined;

/** A rule by its id or a row that it implements; `rule|subject` names one of its findings. */
const speaks = (entry: string, { rule, rows, key, outcome }: Finding): boolean =>
  rule === entry ||
  rows.includes(entry) ||
  (entry.includes('|') && (outcome === 'found' ? key === entry : rule === entry.slice(0, entry.indexOf('|'))));

/** Found = failed; passed only where every rule that applies ran to its end and found nothing, or the piece is there. */
export function settledOf(
  step: ChecklistStep,
  findings: readonly Finding[],
  { provided, facts }: Given = nothing,
): Settled | undefined {
  const own = findings.flatMap((finding, index) =>
    step.settledBy?.some((entry) => speaks(entry, finding)) ? [{ finding, index }] : [],
  );
  const found = own.filter(({ finding }) => finding.outcome === 'found').map(({ index }) => index);
  if (found.length > 0) return { verdict: 'fail', found, missing: [], there: [] };
  if (step.phase === 'collect') {
    const pieces = (step.yields ?? []).filter((id) => provided.includes(id));
    const said = (step.yields ? [] : (step.facts ?? [])).filter((id) => facts[id] !== undefined);
    const there = [...pieces, ...said];
    if (there.length > 0) return { verdict: 'pass', found, missing: [], there };
  }
  const open = own.filter(({ finding }) => finding.outcome === 'not-evaluated');
  const missing = [...new Set(open.flatMap(({ finding }) => finding.missing))];
  if (open.length > 0) {
    // a step to collect waits for its piece, and that is what it says already
    return step.phase === 'collect' && step.yields
      ? undefined
      : { verdict: 'not-evaluated', found, missing, there: [] };
  }
  if (step.phase === 'collect' && step.yields) return undefined;
  return own.some(({ finding }) => finding.outcome === 'clear')
    ? { verdict: 'pass', found, missing, there: [] }
    : undefined;
}

export function standingOf(
  step: ChecklistStep,
  findings: readonly Finding[],
  answer: Answer | undefined,
  given?: Given,
): Standing {
  const settled = settledOf(step, findings, given);
  const base = { ...(answer ? { answer } : {}), ...(settled ? { settled } : {}), disagree: false, kept: false };
  if (answer && answer.state !== 'open') {
    const passed = answer.state === 'pass' || answer.state === 'done';
    const against = passed ? 'fail' : answer.state === 'fail' ? 'pass' : undefined;
    const disagree = settled !== undefined && settled.verdict === against;
    const agree = settled?.verdict === (passed ? 'pass' : 'fail') && answer.state !== 'not-relevant';
    return {
      ...base,
      state: answer.state,
      by: disagree || agree ? 'both' : 'hand',
      disagree,
      kept: disagree && answer.kept === settled.verdict,
    };
  }
  if (settled)
    return { ...base, state: settled.verdict, by: settled.verdict === 'not-evaluated' ? 'nobody' : 'evidence' };
  return { ...base, state: asks(step) ? 'open' : 'info', by: 'nobody' };
}

export type Standings = ReadonlyMap<string, Standing>;

export const standingsOf = (
  list: Checklist,
  findings: readonly Finding[],
  answers: Notes['answers'],
  given?: Given,
): Standings =>
  new Map(
    list.steps.map((step) => [
      step.id,
      standingOf(step, findings, Object.hasOwn(answers, step.id) ? answers[step.id] : undefined, given),
    ]),
  );

export interface Progress {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly byEvidence: number;
  readonly notEvaluated: number;
}
export function progressOf(standings: Pick<Standings, 'values'>): Progress {
  const all = [...standings.values()].filter(({ state }) => state !== 'info');
  const count = (test: (standing: Standing) => boolean): number => all.filter(test).length;
  return {
    total: all.length,
    passed: count(({ state }) => state === 'done' || state === 'pass' || state === 'not-relevant'),
    failed: count(({ state }) => state === 'fail'),
    byEvidence: count(({ by }) => by === 'evidence'),
    notEvaluated: count(({ state }) => state === 'not-evaluated'),
  };
}

/** `me`: the name under which the last answer was given. */
export function passes(filter: Filter, { state, answer }: Standing, me = ''): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'open':
      return state === 'open' || state === 'not-evaluated';
    case 'failed':
      return state === 'fail';
    case 'not-evaluated':
      return state === 'not-evaluated';
    case 'mine':
      return answer !== undefined && (answer.who ?? '') === me;
  }
}

const borderOf: Readonly<Record<string, Border>> = { mbg: 'mbg', 'openscape-sbc': 'ossbc' };

/** Does a checklist belong to the systems that are known? While none is, only what belongs to every case does. */
export function fits(
  { id, pbx }: Pick<Checklist, 'id' | 'pbx'>,
  known: Pbx | undefined,
  border: Border | undefined,
): boolean {
  const own = borderOf[id];
  if (own !== undefined && border !== undefined) return own === border;
  return pbx === undefined || (known !== undefined && pbx.includes(known));
}

/** Who answered last: the name that the next answer takes. */
export function lastWho(answers: Notes['answers']): string {
  const named = Object.values(answers).filter(({ who }) => who);
  return named.sort((a, b) => (b.when ?? 0) - (a.when ?? 0))[0]?.who ?? '';
}

/** The answers with one of them changed; an answer that says nothing any more is taken out. */
export function answered(answers: Notes['answers'], id: string, change: Partial<Answer>): Notes['answers'] {
  const { [id]: before, ...others } = answers;
  const { state = 'open', who, when, note, kept } = { ...before, ...change };
  // a name that is typed before the answer waits for it
  if (state === 'open' && !note && !change.who) return others;
  return {
    ...others,
    [id]: {
      state,
      ...(who ? { who } : {}),
      ...(when === undefined ? {} : { when }),
      ...(note ? { note } : {}),
      ...(kept ? { kept } : {}),
    },
  };
}

/** Steps under their headings, in the order of the list. */
export interface Section {
  readonly key: string;
  readonly steps: readonly ChecklistStep[];
}
export function sectionsOf(
  list: Checklist,
  phases: readonly Phase[],
  shown: (step: ChecklistStep) => boolean,
): Section[] {
  const groups = new Map<string, ChecklistStep[]>();
  const keys = list.form === 'phases' ? phases : [];
  for (const key of keys) groups.set(key, []);
  for (const step of list.steps) {
    if (!shown(step)) continue;
    const key = list.form === 'phases' ? step.phase : (step.section?.en ?? '');
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  return [...groups].filter(([, steps]) => steps.length > 0).map(([key, steps]) => ({ key, steps }));
}
