/** Two comparison reports side by side: counts for the table, people for a cell of it. */
import { codeOf, diffReports, issueRows, type Pair, type ReportDiff } from '../evidence/report-diff';
import { knownIssue } from '../evidence/issue-codes';
import type { DiffPart, DiffPerson, DiffSummary } from './desk';
import { per } from './per';
import type { View } from './view';

const diffs = per((_: View['evidence']) => new Map<string, ReportDiff>());

function diffOf({ evidence }: View, older: number, newer: number): ReportDiff {
  const known = diffs(evidence);
  const key = `${older} ${newer}`;
  let diff = known.get(key);
  if (!diff) known.set(key, (diff = diffReports(evidence, older, newer)));
  return diff;
}

export function diffSummary(view: View, older: number, newer: number): DiffSummary {
  const { codes, added, removed, respelled, both } = diffOf(view, older, newer);
  return {
    older,
    newer,
    both,
    added: added.length,
    removed: removed.length,
    respelled: respelled.length,
    codes: codes.map(({ change, code, people }) => ({ change, code, known: knownIssue(code), people: people.length })),
  };
}

export function diffPeople(view: View, older: number, newer: number, part: DiffPart): DiffPerson[] {
  const diff = diffOf(view, older, newer);
  const { users, strings } = view.evidence;
  const { start, issues } = issueRows(view.evidence);
  const codesOf = (row: number): string[] =>
    [...issues.subarray(start[row]!, start[row + 1]!)].map((issue) => codeOf(view.evidence, issue));
  const both = ({ older: was, newer: now }: Pair): DiffPerson => ({
    email: strings.text(users.email[now]!),
    name: strings.text(users.name[now]!),
    was: codesOf(was),
    now: codesOf(now),
    ...(users.email[was] === users.email[now] ? {} : { before: strings.text(users.email[was]!) }),
  });
  const one = (row: number, now: boolean): DiffPerson => ({
    email: strings.text(users.email[row]!),
    name: strings.text(users.name[row]!),
    was: now ? undefined : codesOf(row),
    now: now ? codesOf(row) : undefined,
  });
  if (part === 'added') return diff.added.map((row) => one(row, true));
  if (part === 'removed') return diff.removed.map((row) => one(row, false));
  if (part === 'respelled') return diff.respelled.map(both);
  const found = diff.codes.find(({ change, code }) => change === part.change && code === part.code);
  return (found?.people ?? []).map(both);
}
