import { SECOND } from '../../base/time';
import { gapKinds } from '../../evidence/schema';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { DrawnCapture, Examples } from '../example';
import { gapHits, sipPairs } from '../gaps';
import { type CannotTell, rule } from '../rule';
import { sipSteps } from '../sip-steps';

/** Fragments that are under way arrive within this time (RFC 8200 §4.5 waits 60 s, most hosts 30 s). */
const wait = 30 * SECOND;

export default rule({
  id: 'fragments-missing',
  rows: ['Q07'],
  severity: 'warning',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['signalling'],
  guards: ['G2'],
  find(grounds) {
    const { evidence } = grounds;
    const { gaps, artifacts } = evidence;
    const hasSip = sipPairs(evidence);
    const rows: number[] = [];
    const open = new Map<string, CannotTell>();
    for (let row = 0; row < gaps.length; row++) {
      if (gaps.kind[row] !== gapKinds.indexOf('fragments') || !hasSip(gaps.source[row]!, gaps.target[row]!)) continue;
      const { last, path } = artifacts[gaps.artifact[row]!]!;
      if (last >= gaps.time[row]! + wait) rows.push(row);
      else open.set(path, { subject: path, guards: ['G2'] });
    }
    return [...gapHits(grounds, rows, () => ({})), ...open.values()];
  },
  title: text('{subject}: IP fragments are missing', '{subject} : des fragments IP manquent'),
  seen: text(
    '{count} fragmented {count|datagram|datagrams} between two hosts that speak SIP never came together.',
    '{count} {count|datagramme fragmenté|datagrammes fragmentés} entre deux hôtes qui parlent SIP n’ont jamais été reconstitués.',
  ),
  cause: text(
    'The fragments were dropped on the way (firewalls often do that), or the capture missed them. A large INVITE in it is then not in the ladder, and the receiver may not have got it either.',
    'Les fragments ont été jetés en chemin (les pare-feu le font souvent), ou la capture les a manqués. Un grand INVITE n’est alors pas dans le diagramme, et le destinataire peut ne pas l’avoir reçu non plus.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.network, sipSteps.firewall],
  source: 'RFC 791 §3.2, RFC 8200 §4.5',
});

const large = (end: string, missing: readonly string[]): DrawnCapture => ({
  drawn: two('0 >OPTIONS-1b', '0.1 <200-1b', '1 >INVITE-1', '1.1 <100-1', end),
  with: { 'INVITE-1': [`X-Long: ${'a'.repeat(900)}`] },
  fragments: { 'INVITE-1': 800 },
  missing,
});
export const examples: Examples = [
  { given: { ladder: large('60', ['INVITE-1']) }, expect: 'found', subjects: ['10.0.0.1 → 10.0.0.2'] },
  { given: { ladder: large('60', []) }, expect: 'clear' },
  // G2: they may be under way
  { given: { ladder: large('20', ['INVITE-1']) }, expect: 'not-evaluated' },
  noCapture,
];
