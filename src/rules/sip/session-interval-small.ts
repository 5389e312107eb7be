import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { refusalsOf, rowsOf } from '../refusals';
import { rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { headerValues } from '../signalling';

export default rule({
  id: 'session-interval-small',
  rows: ['D47'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: ['session-expires', 'min-se'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages } = evidence;
    const [asked, least] = [headerValues(evidence, 'session-expires'), headerValues(evidence, 'min-se')];
    const seconds = (values: readonly string[] | undefined): number =>
      Number(/^\s*(\d{1,9})/.exec(values?.[0] ?? '')?.[1] ?? NaN);
    const sights: Sight[] = [];
    const refused = [
      ...refusalsOf(grounds, 'INVITE', (status) => status === 422, 'any'),
      ...refusalsOf(grounds, 'UPDATE', (status) => status === 422, 'any'),
    ];
    for (const refusal of refused) {
      const wanted = seconds(least.get(refusal.final));
      const sent = seconds(asked.get(refusal.request));
      const again = [...asked].find(
        ([row, values]) =>
          messages.callId[row] === messages.callId[refusal.final] &&
          messages.cseq[row]! > messages.cseq[refusal.final]! &&
          messages.status[row] === 0 &&
          seconds(values) >= wanted,
      );
      if (again) continue;
      sights.push({
        subject: wayOf(grounds, refusal.final),
        rows: rowsOf(grounds, refusal),
        severity: 'error',
        values: {
          sent: Number.isNaN(sent) ? '?' : String(sent),
          least: Number.isNaN(wanted) ? '?' : String(wanted),
          why: refusedSmall,
        },
      });
    }
    for (const [row, values] of asked) {
      const sent = seconds(values);
      const own = seconds(least.get(row));
      if (!(sent < 90 || sent < own) || messages.status[row] !== 0 || links.repeatOf[row] !== -1) continue;
      sights.push({
        subject: wayOf(grounds, row),
        rows: [row],
        severity: 'warning',
        values: { sent: String(sent), least: Number.isNaN(own) ? '90' : String(own), why: tooSmall },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text(
    '{subject}: session interval of {sent} s is too small',
    '{subject} : intervalle de session de {sent} s trop court',
  ),
  seen: text(
    '{count} {count|request|requests}: {why} (at least {least} s).',
    '{count} {count|requête|requêtes} : {why} (au moins {least} s).',
  ),
  cause: text(
    'Each side must be set to a session timer that the other accepts.',
    'Chaque côté doit avoir un temporisateur de session que l’autre accepte.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Set Session-Expires of the asking side to 1800 s, Min-SE of the other to 90 s.',
        'Régler Session-Expires du demandeur à 1800 s et Min-SE de l’autre à 90 s.',
      ),
    },
  ],
  source: 'RFC 4028 §4, RFC 4028 §5, RFC 4028 §7.3',
});

const refusedSmall = text(
  'it was refused with 422 and not tried again with more',
  'refusée par 422 et non retentée avec davantage',
);
const tooSmall = text('it asks for less than the least value', 'elle demande moins que le minimum');
const call = (first: string, rest: readonly string[]) => ({
  ladder: {
    drawn: two('0 >INVITE-1', '0.1 <422-1', '0.2 >ACK-1', ...rest),
    with: { 'INVITE-1': [`Session-Expires: ${first}`], '422-1': ['Min-SE: 600'], 'INVITE-2': ['Session-Expires: 600'] },
  },
});
export const examples: Examples = [
  { given: call('300', []), expect: 'found', subjects: ['10.0.0.2 → 10.0.0.1'] },
  {
    given: { ladder: { drawn: two('0 >INVITE-1', '0.1 <200-1'), with: { 'INVITE-1': ['Session-Expires: 60'] } } },
    expect: 'found',
  },
  { given: call('300', ['0.3 >INVITE-2', '0.4 <200-2']), expect: 'clear' },
  noCapture,
];
