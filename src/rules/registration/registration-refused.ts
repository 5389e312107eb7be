import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type Grounds, type Hit } from '../rule';
import { addressOf, seenIn, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';
import { capped } from '../users';

/** Final answers that forbid a retry of the same request; 410 is what 404 was before. */
const refusing = new Set([403, 404, 410]);

export default rule({
  id: 'registration-refused',
  rows: ['D04', 'f.reg.403', 'f.reg.404'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find: (grounds) => capped(refusals(grounds)),
  title: text('{subject}: registration refused ({status})', '{subject} : enregistrement refusé ({status})'),
  seen: text(
    '{host} answered {count} REGISTER of {subject} with {status} {reason}.',
    '{host} a répondu {status} {reason} à {count} REGISTER de {subject}.',
  ),
  cause: text(
    '403: the registrar knows who asks and does not allow it (a right, a licence, the list of allowed addresses). 404 or 410: it has no such number, which was not provisioned there or was given to the client wrongly.',
    '403 : le registrar sait qui demande et ne l’autorise pas (un droit, une licence, la liste des adresses autorisées). 404 ou 410 : il n’a pas ce numéro, qui n’y est pas créé ou a été donné au client par erreur.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Check the number and its SIP rights in the PBX, and the user’s row in the User Comparison Report.',
        'Vérifier le numéro et ses droits SIP dans le PBX, et la ligne de l’utilisateur dans le User Comparison Report.',
      ),
      where: 'Support > Zoom',
      step: 'cl.ucr.01',
    },
    sipSteps.listRegistrar,
    sipSteps.listSubscribers,
    sipSteps.allowList,
  ],
  explains: [{ row: 'f.reg.absent', when: 'same-subject' }],
  source: 'RFC 3261 §10.3, RFC 3261 §21.4.4',
});

interface Refusal {
  readonly subject: string;
  readonly user: string;
  readonly rows: number[];
  /** Attempts; a proxy passes the answer to one attempt on, so it is seen several times. */
  readonly attempts: Set<string>;
  accepted: boolean;
}

function refusals(grounds: Grounds): Hit[] {
  const { messages, strings } = grounds.evidence;
  const { transactions, registrations } = grounds.links;
  const found = new Map<string, Refusal>();
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const registration = transactions.registration[transaction]!;
    const final = transactions.final[transaction]!;
    if (registration === -1 || final === -1) continue;
    const uri = strings.text(registrations.aor[registration]!);
    const subject = addressOf(uri);
    const status = transactions.status[transaction]!;
    const known = found.get(subject);
    if (known && status < 300) known.accepted = true;
    if (!refusing.has(status)) continue;
    const refusal = known ?? { subject, user: userOf(uri), rows: [], attempts: new Set<string>(), accepted: false };
    refusal.rows.push(final);
    refusal.attempts.add(`${messages.callId[final]} ${messages.cseq[final]}`);
    refusal.accepted = false;
    found.set(subject, refusal);
  }
  return [...found.values()].map(({ subject, user, rows, attempts, accepted }) => {
    const last = rows[rows.length - 1]!;
    const status = messages.status[last]!;
    return {
      subject,
      also: user === '' ? [] : [user],
      ...seenIn(grounds, rows),
      count: attempts.size,
      // accepted later on: worth knowing, no longer a failure
      ...(accepted ? { severity: 'warning' as const } : {}),
      values: {
        subject,
        host: strings.text(messages.source[last]!),
        count: attempts.size,
        status: String(status),
        reason: strings.text(messages.reason[last]!),
      },
    };
  });
}

const answered = (status: string): string => `
           zoom            mbg
     0.000 |--REGISTER-1-->|
     0.010 |<----${status}-1-----|`;

export const examples: Examples = [
  { given: { ladder: answered('403') }, expect: 'found', subjects: ['2001@pbx.example'] },
  { given: { ladder: answered('404') }, expect: 'found' },
  { given: { ladder: answered('410') }, expect: 'found' },
  { given: { ladder: answered('200') }, expect: 'clear' },
  // a challenge is no refusal
  { given: { ladder: answered('401') }, expect: 'clear' },
  // a call that is refused is another fault
  {
    given: { ladder: '\n  zoom  mbg\n 0.000 |--INVITE-1-->|\n 0.010 |<---403-1----|\n 0.020 |---ACK-1---->|' },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
