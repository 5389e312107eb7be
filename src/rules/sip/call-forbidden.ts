import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { refusalsOf, rowsOf } from '../refusals';
import { rule } from '../rule';
import { firstTexts, hitsOf, type Sight } from '../sights';
import { addressOf, headerValues } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'call-forbidden',
  rows: ['D29'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: ['warning', 'reason'],
  find(grounds) {
    const { evidence } = grounds;
    const { messages, strings } = evidence;
    const said = [headerValues(evidence, 'warning'), headerValues(evidence, 'reason')];
    return hitsOf(
      grounds,
      refusalsOf(grounds, 'INVITE', (status) => status === 403).map((refusal): Sight => {
        const [from, to] = [messages.fromUri, messages.toUri].map((uri) =>
          addressOf(strings.text(uri[refusal.final]!)),
        );
        return {
          subject: `${from} → ${to}`,
          rows: rowsOf(grounds, refusal),
          also: [from!, to!],
          values: {
            host: strings.text(messages.source[refusal.final]!),
            reason: strings.text(messages.reason[refusal.final]!),
            detail: firstTexts(said.flatMap((values) => values.get(refusal.final) ?? [])),
          },
        };
      }),
    );
  },
  title: text('{subject}: call forbidden (403)', '{subject} : appel interdit (403)'),
  seen: text(
    '{host} answered 403 {reason} to {count} {count|call|calls}. {detail}',
    '{host} a répondu 403 {reason} à {count} {count|appel|appels}. {detail}',
  ),
  cause: text(
    'The host understood the call and does not allow it: a class of service or right of the caller, an address that is not in the list of trusted trunks, or an identity that it does not accept.',
    'L’hôte a compris l’appel et ne l’autorise pas : classe de service ou droit de l’appelant, adresse absente de la liste des liaisons de confiance, ou identité non acceptée.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Read the Warning or Reason text of the 403, then check the rights of the calling number on the host that sent it.',
        'Lire le texte Warning ou Reason du 403, puis vérifier les droits du numéro appelant sur l’hôte qui l’a envoyé.',
      ),
    },
    sipSteps.allowList,
    sipSteps.openLadder,
  ],
  source: 'RFC 3261 §21.4.4',
});

export const examples: Examples = [
  {
    given: { ladder: two('0 >INVITE-1', '0.02 <403-1', '0.03 >ACK-1') },
    expect: 'found',
    subjects: ['2001@pbx.example → 2002@pbx.example'],
  },
  // a registration that is refused is another rule
  { given: { ladder: two('0 >REGISTER-1', '0.02 <403-1') }, expect: 'clear' },
  noCapture,
];
