import { text } from '../../text/text';
import { notSaid } from '../declared';
import type { Examples } from '../example';
import { pushSteps } from '../push-steps';
import { rule } from '../rule';

/** Twin of `push-service-off` for what a person read on the SBC. */
export default rule({
  id: 'push-box-unticked',
  rows: ['f.push.feature_off'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  trouble: ['push'],
  explains: [{ row: 'f.push.absent', when: 'always' }],
  find({ facts }) {
    if (facts.pushService === undefined) return notSaid('pushService');
    return facts.pushService.value === 'no' ? [{ subject: 'OpenScape SBC', at: [] }] : [];
  },
  title: text('Push service not ticked on the SBC', 'Service push non coché sur le SBC'),
  seen: text(
    'Enable Push Notification Services is said to be unticked.',
    'Enable Push Notification Services est dit non coché.',
  ),
  cause: text(
    'Without it the SBC sends no push, and a mobile client that sleeps does not ring.',
    'Sans lui, le SBC n’envoie aucun push, et un client mobile en veille ne sonne pas.',
  ),
  causeIs: 'cause',
  steps: [pushSteps.enable],
  source: 'EN 6.4.4',
});

export const examples: Examples = [
  { given: { facts: { pushService: 'no' } }, expect: 'found', subjects: ['OpenScape SBC'] },
  { given: { facts: { pushService: 'yes' } }, expect: 'clear' },
  { given: {}, expect: 'not-evaluated' },
  { given: { facts: { trouble: 'call', pushService: 'no' } }, expect: 'not-applicable' },
];
