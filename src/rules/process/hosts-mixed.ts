import type { At } from '../../evidence/evidence';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { isDaemonLog } from '../lines';
import { rule, type Hit } from '../rule';
import { placeOf, stated } from '../stated';
import { shownPlaces } from '../users';

export default rule({
  id: 'hosts-mixed',
  rows: ['f.bundle.host_mixed'],
  severity: 'note',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['any'],
  find({ evidence, facts }) {
    // only a person can say that there is one host of a role
    const declared = facts.hostname?.origin === 'declared' ? facts.hostname.value : undefined;
    const roles = (facts.hosts?.value ?? []).filter(({ role }) => role === 'cloudlink');
    const [only] = roles;
    const single = declared ?? (roles.length === 1 ? only!.name || only!.address : undefined);
    if (single === undefined) return [{ subject: '', missing: ['hostname'] }];
    const seen = new Map<string, At[]>();
    const add = (name: string, at: At): void => {
      const key = shortName(name);
      seen.set(key, [...(seen.get(key) ?? []), at]);
    };
    for (const fact of stated(evidence, 'hostname')) add(fact.value, placeOf(fact));
    evidence.artifacts.forEach((one, artifact) => {
      if (one.host && isDaemonLog(one)) add(one.host, { artifact, offset: 0, length: 0 });
    });
    if (seen.size === 0) return [{ subject: '', missing: ['art.cld.bundle'] }];
    const others = [...seen].filter(([name]) => name !== shortName(single));
    if (others.length === 0) return [];
    const names = others.map(([name]) => name);
    const at = others.flatMap(([, places]) => places);
    const hit: Hit = {
      subject: single,
      hosts: names,
      at: at.slice(0, shownPlaces),
      count: at.length,
      values: { single, names: { list: names.slice(0, 8) }, count: names.length },
    };
    return [hit];
  },
  title: text('Evidence of several hosts', 'Pièces de plusieurs hôtes'),
  seen: text(
    'The host of the daemon is said to be {single}; the files also come from {names}.',
    'L’hôte du démon est indiqué comme {single} ; les fichiers viennent aussi de {names}.',
  ),
  cause: text(
    'Bundles of several hosts were dropped together, or one of another customer. Times and errors of one are not those of the other.',
    'Des archives de plusieurs hôtes ont été déposées ensemble, ou celle d’un autre client. Les heures et erreurs de l’un ne sont pas celles de l’autre.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Leave out the files of other hosts, or name each host and its role.',
        'Exclure les fichiers des autres hôtes, ou nommer chaque hôte et son rôle.',
      ),
      step: 'cl.gwlog.01',
    },
  ],
  source: 'EN 5.2.5.1',
});

/** `SBC1.example.org` and `sbc1` are one host; an address is kept whole. */
function shortName(name: string): string {
  const low = name.trim().toLowerCase();
  return /^[\d.]+$|:/.test(low) ? low : low.split('.')[0]!;
}

const log = (host: string) => ({ lines: [`08:00:00 INFO started hostname=${host}`] });

export const examples: Examples = [
  {
    given: {
      logs: { 'a/var/log/cld/cld.log': log('sbc1'), 'b/var/log/cld/cld.log': log('sbc2') },
      facts: { hostname: 'sbc1' },
    },
    expect: 'found',
  },
  { given: { logs: { 'a/var/log/cld/cld.log': log('SBC1.example') }, facts: { hostname: 'sbc1' } }, expect: 'clear' },
  // two hosts, and nobody said that there is one
  { given: { logs: { 'a/cld/cld.log': log('sbc1'), 'b/cld/cld.log': log('sbc2') } }, expect: 'not-evaluated' },
];
