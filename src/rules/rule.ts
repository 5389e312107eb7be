/**
 * A rule looks at the evidence and says *found*, *clear*, *not evaluated* or *not applicable*. One file a rule in a
 * folder of its evidence: `rules/<group>/<id>.ts`, default export `rule({...})`; `index.ts` finds it. `examples` is a
 * second named export, read by tests only. A rule reads columns, synchronously; it never decodes bytes and never throws.
 */
import type { Clock } from '../evidence/clock';
import type { At, Confidence, Evidence } from '../evidence/evidence';
import type { Links } from '../evidence/links';
import type { FactId, Facts, Pbx, Trouble } from '../facts/facts';
import type { Text, Values } from '../text/text';

export type Severity = 'blocker' | 'error' | 'warning' | 'note';
export const severities: readonly Severity[] = ['blocker', 'error', 'warning', 'note'];
export type Basis = 'diagnosis' | 'conformance' | 'capture-quality';

/** sip.md §5: what must hold before a capture proves that something is absent. */
export type Guard = 'G1' | 'G2' | 'G3' | 'G4' | 'G5' | 'G6';
/** What evidence a rule stands on. The registry of provenance names what to collect where it is missing. */
export type Need =
  'report' | 'events' | 'registrar' | 'subscribers' | 'push-log' | 'daemon-log' | 'text-log' | 'signalling' | 'any';

/** Everything a rule may look at. */
export interface Grounds {
  readonly evidence: Evidence;
  readonly clock: Clock;
  readonly links: Links;
  readonly facts: Facts;
}

export interface Hit {
  /** Whom or what it concerns: an e-mail, a number, a host, a Call-ID, a path. With the rule id it is the finding's key. */
  readonly subject: string;
  /** Other names of the subject (numbers of a user, …), for `same-subject`. */
  readonly also?: readonly string[];
  readonly hosts?: readonly string[];
  /** Corrected time span that it covers, µs. */
  readonly from?: number;
  readonly to?: number;
  readonly at: readonly At[];
  /** Rows behind it, where more than `at` shows. */
  readonly count?: number;
  readonly values: Values;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** True where times of several sources were compared and a clock of them is assumed: drops one severity, says so. */
  readonly clockAssumed?: boolean;
}

/** «Cannot tell»: the guard or the piece of evidence that was missing, for one subject. */
export interface CannotTell {
  readonly subject: string;
  readonly guards?: readonly Guard[];
  readonly missing?: readonly string[];
}
export const cannotTell = (verdict: CannotTell | Hit): verdict is CannotTell => !('at' in verdict);

export type When = 'same-subject' | 'same-hosts' | 'overlapping-time' | 'always';

export interface Rule {
  /** File name: a noun, the failing state. */
  readonly id: string;
  /** Catalogue rows it implements: domain.md part 3 and sip.md §5. */
  readonly rows: readonly string[];
  readonly severity: Severity;
  readonly basis: Basis;
  readonly confidence: Confidence;
  /** All must be present; an inner list = one of these is enough. */
  readonly needs: readonly (Need | readonly Need[])[];
  readonly facts?: readonly FactId[];
  /** Declared or seen systems and trouble outside these make it *not applicable*; unknown ones exclude nothing. */
  readonly pbx?: readonly Pbx[];
  readonly trouble?: readonly Trouble[];
  readonly guards?: readonly Guard[];
  /** Header names (lower case) and line patterns that the readers must keep for it. */
  readonly headers?: readonly string[];
  readonly patterns?: Readonly<Record<string, RegExp>>;
  readonly explains?: readonly { readonly row: string; readonly when: When }[];
  find(grounds: Grounds): readonly (Hit | CannotTell)[];

  readonly title: Text;
  /** What was seen, in a sentence, with values. */
  readonly seen: Text;
  readonly cause: Text;
  /** Does `cause` name the cause, or is what was found still a symptom? */
  readonly causeIs: 'cause' | 'symptom';
  readonly steps: readonly Step[];
  /** Guide section or RFC that it stands on, e.g. `EN 6.4.5.2`, `RFC 3261 §17.1.1.2`. */
  readonly source: string;
}

/** What to do next; `step` links a checklist row of domain.md 1.1, `where` is a menu path as printed, `command` literal. */
export interface Step {
  readonly do: Text;
  readonly where?: string;
  readonly command?: string;
  readonly step?: string;
}

/** An example's `grounds` are drawn by `tests/build`; only tests import it. */
export interface Example<Given = unknown> {
  readonly given: Given;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly expect: 'found' | 'clear' | 'not-evaluated' | 'not-applicable';
  readonly subjects?: readonly string[];
}

export const rule = (definition: Rule): Rule => definition;

/** The named pattern of a rule as it stands in `hits.pattern`. */
export const patternId = (ruleId: string, name: string): string => `${ruleId}/${name}`;
