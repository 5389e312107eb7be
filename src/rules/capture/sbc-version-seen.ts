import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { headerValues } from '../signalling';

/** `OpenScape SBC V10 R9.00.00-1/BCF/THIG` (domain.md 2.6). */
const header = 'x-siemens-oss';
const release = /\bOpenScape\s+SBC\s+(V\d{1,3}\s*R?[\d.]{1,20}(?:-\d{1,4})?)/i;

export default rule({
  id: 'sbc-version-seen',
  rows: ['f.sbc.version_seen'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: [header],
  find(grounds) {
    const { evidence } = grounds;
    const { messages, strings } = evidence;
    const known = new Set<string>();
    const sights: Sight[] = [];
    for (const [row, values] of headerValues(evidence, header)) {
      for (const value of values) {
        const version = release.exec(value)?.[1]?.trim();
        // every message says it again
        if (version === undefined || known.has(version)) continue;
        known.add(version);
        sights.push({
          subject: version,
          rows: [row],
          values: { version, source: strings.text(messages.source[row]!) },
        });
      }
    }
    return hitsOf(grounds, sights);
  },
  title: text('OpenScape SBC {version} seen in traffic', 'OpenScape SBC {version} vu dans le trafic'),
  seen: text(
    'A message from {source} says that it passed an OpenScape SBC {version}.',
    'Un message de {source} dit être passé par un OpenScape SBC {version}.',
  ),
  cause: text('No fault: a fact for the support case.', 'Aucun défaut : une information pour le dossier.'),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Give this version in the form of the support case.',
        'Donner cette version dans le formulaire du dossier.',
      ),
      step: 'psi.data.01',
    },
  ],
  source: 'EN 5.1',
});

const oss = (value: string) => ({
  drawn: two('0 >INVITE-1', '0.1 <486-1'),
  with: { 'INVITE-1': [`X-Siemens-OSS: ${value}`] },
});
export const examples: Examples = [
  { given: { ladder: oss('OpenScape SBC V10 R9.00.00-1/BCF/THIG') }, expect: 'found', subjects: ['V10 R9.00.00-1'] },
  { given: { ladder: oss('BCF/THIG') }, expect: 'clear' },
  { given: { ladder: two('0 >INVITE-1', '0.1 <486-1') }, expect: 'clear' },
  noCapture,
];
