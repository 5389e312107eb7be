import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { refusalsOf, rowsOf } from '../refusals';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, headerValues, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'interval-too-brief',
  rows: ['D05', 'f.reg.423'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: ['min-expires'],
  find(grounds) {
    const { evidence, links, clock } = grounds;
    const { messages, strings } = evidence;
    const least = headerValues(evidence, 'min-expires');
    const REGISTER = strings.find('REGISTER');
    const asked = new Map<number, { time: number; expires: number }[]>();
    for (const row of links.order) {
      if (messages.method[row] !== REGISTER || messages.status[row] !== 0) continue;
      const own = asked.get(messages.toUri[row]!) ?? [];
      asked.set(messages.toUri[row]!, own);
      own.push({ time: clock.messages[row]!, expires: messages.expires[row]! });
    }
    const sights = refusalsOf(grounds, 'REGISTER', (status) => status === 423, 'any').flatMap((refusal): Sight[] => {
      const wanted = Number(/\d{1,9}/.exec(least.get(refusal.final)?.[0] ?? '')?.[0] ?? NaN);
      const next = asked.get(messages.toUri[refusal.final]!)?.find(({ time }) => time > clock.messages[refusal.final]!);
      if (next && (Number.isNaN(wanted) || next.expires >= wanted)) return [];
      const aor = strings.text(messages.toUri[refusal.final]!);
      const sent = refusal.request === -1 ? -1 : messages.expires[refusal.request]!;
      return [
        {
          subject: addressOf(aor),
          rows: rowsOf(grounds, refusal),
          also: [userOf(aor)],
          values: {
            host: strings.text(messages.source[refusal.final]!),
            wanted: Number.isNaN(wanted) ? '?' : String(wanted),
            sent: sent < 0 ? '?' : String(sent),
          },
        },
      ];
    });
    return hitsOf(grounds, sights);
  },
  title: text(
    '{subject}: registration interval too brief (423)',
    '{subject} : durée d’enregistrement trop courte (423)',
  ),
  seen: text(
    '{host} wants at least {wanted} s, the client asks for {sent} s and does not come back with more.',
    '{host} demande au moins {wanted} s, le client propose {sent} s et ne revient pas avec davantage.',
  ),
  cause: text(
    'The interval of the client is below the registrar’s least one.',
    'La durée du client est inférieure au minimum du registrar.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Raise the registration interval of the client, or lower the least one of the registrar.',
        'Augmenter la durée d’enregistrement du client, ou réduire le minimum du registrar.',
      ),
    },
    sipSteps.listRegistrar,
  ],
  source: 'RFC 3261 §10.2.8, RFC 3261 §21.4.17',
});

const brief = (rest: readonly string[]) => ({
  drawn: two('0 >REGISTER-1', '0.1 <423-1', ...rest),
  with: { 'REGISTER-1': ['Expires: 30'], '423-1': ['Min-Expires: 300'], 'REGISTER-2': ['Expires: 300'] },
});
export const examples: Examples = [
  { given: { ladder: brief([]) }, expect: 'found', subjects: ['2001@pbx.example'] },
  { given: { ladder: brief(['0.3 >REGISTER-2', '0.4 <200-2']) }, expect: 'clear' },
  noCapture,
];
