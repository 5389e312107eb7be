import { createIntern, type Intern } from '../../evidence/intern';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'fork',
  rows: ['D32'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const { transactions } = links;
    const [INVITE, BYE] = [strings.find('INVITE'), strings.find('BYE')];
    /** Tags of legs that were ended. */
    let known: Intern | undefined;
    const ended = (): Intern => {
      if (known) return known;
      known = createIntern();
      for (let row = 0; row < messages.length; row++) {
        if (messages.method[row] !== BYE) continue;
        known.id(links.legOf[row]!, messages.fromTag[row]);
        known.id(links.legOf[row]!, messages.toTag[row]);
      }
      return known;
    };
    const { starts, rows } = links.messagesByTransaction();
    const isForked = (transaction: number): boolean => {
      let first = 0;
      for (let at = starts[transaction]!; at < starts[transaction + 1]!; at++) {
        const tag = tagOf(rows[at]!);
        if (tag !== 0 && first !== 0 && tag !== first) return true;
        first ||= tag;
      }
      return false;
    };
    const tagOf = (row: number): number =>
      messages.status[row]! > 100 && messages.status[row]! < 300 ? messages.toTag[row]! : 0;
    const sights: Sight[] = [];
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const request = transactions.request[transaction]!;
      if (transactions.method[transaction] !== INVITE || request === -1 || messages.toTag[request] !== 0) continue;
      if (!isForked(transaction)) continue;
      const own = links.transactionMessages(transaction);
      const tags = new Map<number, number>();
      const answers = new Map<number, number>();
      for (const row of own) {
        const status = messages.status[row]!;
        if (status <= 100 || status >= 300 || messages.toTag[row] === 0) continue;
        if (!tags.has(messages.toTag[row]!)) tags.set(messages.toTag[row]!, row);
        if (status >= 200 && !answers.has(messages.toTag[row]!)) answers.set(messages.toTag[row]!, row);
      }
      if (tags.size < 2) continue;
      const alive = [...answers.keys()].filter((tag) => ended().find(links.legOf[request]!, tag) === -1);
      const called = strings.text(messages.toUri[request]!);
      sights.push({
        subject: addressOf(called),
        rows: [request, ...tags.values()],
        also: [userOf(called)],
        severity: answers.size > 1 && alive.length > 1 ? 'warning' : 'note',
        values: { branches: tags.size, answers: answers.size },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: calls are forked', '{subject} : appels répartis sur plusieurs branches'),
  seen: text(
    '{count} {count|call|calls} to {subject} rang on several branches ({branches}); {answers} of them answered.',
    '{count} {count|appel|appels} vers {subject} ont sonné sur plusieurs branches ({branches}) ; {answers} ont répondu.',
  ),
  cause: text(
    'Several devices or a group ring at once. Where more than one answers, the caller must end all but one with BYE.',
    'Plusieurs appareils ou un groupe sonnent à la fois. Si plusieurs répondent, l’appelant doit terminer toutes les branches sauf une par BYE.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.openLadder],
  source: 'RFC 3261 §13.2.2.4',
});

const other = ['To: <sip:2002@pbx.example>;tag=second'];
export const examples: Examples = [
  {
    given: {
      ladder: {
        drawn: two('0 >INVITE-1', '0.1 <180-1', '0.2 <183-1', '2 <200-1', '2.1 >ACK-1'),
        with: { '183-1': other },
      },
    },
    expect: 'found',
    subjects: ['2002@pbx.example'],
  },
  { given: { ladder: two('0 >INVITE-1', '0.1 <180-1', '2 <200-1', '2.1 >ACK-1') }, expect: 'clear' },
  noCapture,
];
