import { text } from '../../text/text';
import type { Examples } from '../example';
import { hostOf } from '../lines';
import { rule, type Hit } from '../rule';
import { placeOf, stated } from '../stated';

export default rule({
  id: 'daemon-not-onboarded',
  rows: ['f.cld.not_onboarded'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  find({ evidence, facts }) {
    const declared = facts.onboarding?.origin === 'declared' ? facts.onboarding.value : undefined;
    const accounts = [...stated(evidence, 'accountId'), ...stated(evidence, 'accountNumber')];
    const without = stated(evidence, 'onboarding').filter(({ value }) => value === 'no');
    if (declared === undefined && accounts.length === 0 && without.length === 0)
      return [{ subject: '', missing: ['onboarding', 'art.cld.bundle'] }];
    if (declared === 'yes') return [];
    const linked = new Set(accounts.map(({ artifact }) => hostOf(evidence, artifact)));
    const hits = new Map<string, Hit>();
    for (const fact of without) {
      const host = hostOf(evidence, fact.artifact);
      if (linked.has(host)) continue;
      const at = [...(hits.get(host)?.at ?? []), placeOf(fact)];
      hits.set(host, { subject: host, hosts: [host], at, values: { host } });
    }
    if (declared === 'no' && hits.size === 0) hits.set('', { subject: '', at: [], values: { host: theDaemon } });
    return [...hits.values()];
  },
  explains: [
    { row: 'f.cld.error', when: 'same-hosts' },
    { row: 'f.push.cld_down', when: 'always' },
  ],
  title: text('The daemon is not onboarded', 'Le démon n’est pas rattaché'),
  seen: text('{host} belongs to no CloudLink account.', '{host} n’appartient à aucun compte CloudLink.'),
  cause: text(
    'The host was never linked to the customer’s CloudLink account, or the link was removed: without it no tunnel and no push.',
    'L’hôte n’a jamais été lié au compte CloudLink du client, ou le lien a été supprimé : sans lui, ni tunnel ni push.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Onboard the host into the customer’s CloudLink account.',
        'Rattacher l’hôte au compte CloudLink du client.',
      ),
      step: 'sbc.onb.01',
    },
  ],
  source: 'EN 6.4.2, EN 6.4.3, FR 3.2.2',
});

const theDaemon = text('The CloudLink Daemon', 'Le CloudLink Daemon');

export const examples: Examples = [
  { given: { files: { 'inventory.json': ['{"cld":{"version":"1.14.2"},"accountId":null}'] } }, expect: 'found' },
  { given: { facts: { onboarding: 'no' } }, expect: 'found', subjects: [''] },
  // linked; the person says that it is
  { given: { files: { 'inventory.json': ['{"cld":{},"accountId":"5f3c-77aa"}'] } }, expect: 'clear' },
  {
    given: { files: { 'inventory.json': ['{"cld":{},"accountId":""}'] }, facts: { onboarding: 'yes' } },
    expect: 'clear',
  },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];
