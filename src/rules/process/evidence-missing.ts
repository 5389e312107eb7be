import { wantedFor, type Wanted } from '../../facts/scenarios';
import type { Facts } from '../../facts/facts';
import { pbxNames, troubleNames } from '../../text/ui/facts';
import { same, text, type Text } from '../../text/text';
import { provenanceRow } from '../../provenance/table';
import type { Evidence } from '../../evidence/evidence';
import type { Examples } from '../example';
import { rule } from '../rule';

export default rule({
  id: 'evidence-missing',
  rows: ['f.proc.gap'],
  severity: 'warning',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: [],
  facts: ['pbx', 'trouble'],
  find({ evidence, facts }) {
    const [pbx, trouble] = [facts.pbx?.value, facts.trouble?.value];
    if (pbx === undefined || trouble === undefined) return [];
    const missing = wantedFor(pbx, trouble).filter((wanted) => !isThere(wanted, evidence, facts));
    if (missing.length === 0) return [];
    return [
      {
        subject: `${pbx} ${trouble}`,
        at: [],
        values: {
          count: missing.length,
          pieces: joined(missing.map(({ id }) => provenanceRow(id)?.name ?? same(id))),
          pbx: pbxNames[pbx],
          trouble: troubleNames[trouble],
        },
      },
    ];
  },
  title: text(
    'Missing evidence for this trouble: {count} {count|piece|pieces}',
    'Pièces manquantes pour ce problème : {count}',
  ),
  seen: text('{pbx}, {trouble}: {pieces}.', '{pbx}, {trouble} : {pieces}.'),
  cause: text(
    'The guides tell to collect these pieces for this trouble on this phone system; without them checks cannot run.',
    'Les guides demandent ces pièces pour ce problème sur ce système ; sans elles, des contrôles ne peuvent pas tourner.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'The start page lists what to collect and how, and copies the request to the customer.',
        'La page d’accueil liste ce qu’il faut collecter et comment, et copie la demande au client.',
      ),
      step: 'psi.data.10',
    },
  ],
  source: 'EN 5.1, EN 5.2',
});

/** Files only, and what is typed instead of a file; steps and notes are a person’s to tick. */
function isThere({ id, times = 1, optional }: Wanted, { artifacts }: Evidence, facts: Facts): boolean {
  if (optional || !id.startsWith('art.')) return true;
  if (id === 'art.status') return facts.status !== undefined;
  if (id === 'art.versions') return facts.versions !== undefined;
  // an archive and its members are one
  const own = artifacts.filter(
    ({ provides, parent }) => provides.includes(id) && !artifacts[parent]?.provides.includes(id),
  );
  return own.length >= times;
}

const joined = (names: readonly Text[]): Text => ({
  en: names.map(({ en }) => en).join(', '),
  fr: names.map(({ fr }) => fr).join(', '),
});

const typed = { status: { integration: 'Connected' }, versions: { zoom: '6.6.0' } } as const;
const report = ['anna@example.org | Anna'];

export const examples: Examples = [
  {
    given: { report, facts: { ...typed, pbx: 'mivb', trouble: 'noncall' } },
    expect: 'found',
    subjects: ['mivb noncall'],
  },
  {
    given: {
      facts: { ...typed, pbx: 'mivb', trouble: 'noncall' },
      report,
      files: { 'gateway.log': ['2026-11-12T08:00:00Z started'] },
      provides: { 'gateway.log': ['art.clgw.logs'] },
    },
    expect: 'clear',
  },
  { given: { report, facts: { trouble: 'noncall' } }, expect: 'not-evaluated' },
];
