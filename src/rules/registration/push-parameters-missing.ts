import { messageFlags } from '../../evidence/schema';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { refusalsOf, rowsOf } from '../refusals';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'push-parameters-missing',
  rows: ['D09'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const REGISTER = strings.find('REGISTER');
    const pushed = new Set<string>();
    const plain = new Map<string, { readonly user: string; readonly type: string; readonly row: number }>();
    const agents = new Set<string>();
    const typeOf = (row: number): string => strings.text(messages.agent[row]!).split('/')[0]!.toLowerCase();
    for (let row = 0; row < messages.length; row++) {
      if (messages.method[row] !== REGISTER || messages.status[row] !== 0 || messages.expires[row] === 0) continue;
      const user = userOf(strings.text(messages.toUri[row]!));
      const type = typeOf(row);
      if ((messages.flags[row]! & messageFlags.push) !== 0) {
        pushed.add(user);
        agents.add(type);
      } else plain.set(`${user}\n${type}`, { user, type, row });
    }
    const refused = refusalsOf(grounds, 'REGISTER', (status) => status === 555, 'any').map((refusal): Sight => {
      const aor = strings.text(messages.toUri[refusal.final]!);
      return {
        subject: addressOf(aor),
        rows: rowsOf(grounds, refusal),
        also: [userOf(aor)],
        values: { why: unsupported },
      };
    });
    const unreachable = new Map<string, number[]>();
    for (const { final } of refusalsOf(grounds, 'INVITE', (status) => status === 480)) {
      const user = userOf(strings.text(messages.toUri[final]!));
      unreachable.set(user, [...(unreachable.get(user) ?? []), final]);
    }
    const missing = [...plain.values()].flatMap(({ user, type, row }): Sight[] => {
      const calls = unreachable.get(user);
      // only where this user, or another with the same client, has shown push parameters: PSI pushes go another way
      const pushes = pushed.has(user) || (type !== '' && agents.has(type));
      if (!calls || !pushes || links.duplicateOf[row] !== -1) return [];
      return [
        {
          subject: addressOf(strings.text(messages.toUri[row]!)),
          rows: [row, ...calls],
          also: [user],
          values: { why: without },
        },
      ];
    });
    return hitsOf(grounds, [...refused, ...missing]);
  },
  title: text('{subject}: registered without push', '{subject} : enregistré sans push'),
  seen: text('{subject}: {why}.', '{subject} : {why}.'),
  cause: text(
    'A phone that is asleep can be woken only by push; without its push parameters nobody can wake it.',
    'Un téléphone en veille ne peut être réveillé que par push ; sans ses paramètres de push, personne ne peut le réveiller.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Let the user sign out of the mobile app and in again, with notifications allowed.',
        'Faire déconnecter puis reconnecter l’utilisateur dans l’application mobile, notifications autorisées.',
      ),
    },
    sipSteps.pushLog,
  ],
  source: 'RFC 8599 §4.1.1, RFC 8599 §4.1.5, RFC 8599 §8.1',
});

const unsupported = text(
  'the registrar answered 555: it does not take this push service',
  'le registrar a répondu 555 : il n’accepte pas ce service push',
);
const without = text(
  'a REGISTER carried no pn-provider while calls ended with 480, and such clients do register with it',
  'un REGISTER ne portait pas pn-provider alors que des appels finissaient en 480, et de tels clients s’enregistrent avec lui',
);

const pn = ['Contact: <sip:2001@10.0.0.1;pn-provider=apns;pn-prid=x>'];
const agent = 'User-Agent: Desk Client/6.6';
const calls = ['10 >INVITE-1b', '10.1 <480-1b'];
const users = { b: ['2005', '2001'] } as const;
export const examples: Examples = [
  { given: { ladder: two('0 >REGISTER-1', '0.1 <555-1') }, expect: 'found', subjects: ['2001@pbx.example'] },
  {
    given: {
      ladder: {
        drawn: two('0 >REGISTER-1', '0.1 <200-1', '5 >REGISTER-2', '5.1 <200-2', ...calls),
        with: { 'REGISTER-1': pn },
        users,
      },
    },
    expect: 'found',
  },
  // another phone of the same client shows them, and a client's name may have blanks
  {
    given: {
      ladder: {
        drawn: two('0 >REGISTER-1', '0.1 <200-1', '5 >REGISTER-1b', '5.1 <200-1b', '10 >INVITE-1c', '10.1 <480-1c'),
        with: { 'REGISTER-1': [...pn, agent], 'REGISTER-1b': [agent] },
        users: { b: ['2002', '2002'], c: ['2005', '2002'] },
      },
    },
    expect: 'found',
    subjects: ['2002@pbx.example'],
  },
  // push goes through the border here: no client has ever shown parameters
  { given: { ladder: { drawn: two('0 >REGISTER-1', '0.1 <200-1', ...calls), users } }, expect: 'clear' },
  noCapture,
];
