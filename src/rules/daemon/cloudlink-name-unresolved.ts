import { text } from '../../text/text';
import type { Examples } from '../example';
import { besideMitel, byHost, isMitelHost, linesHit, linesOf, mentions } from '../lines';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'cloudlink-name-unresolved',
  rows: ['f.cld.dns'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['daemon-log'],
  patterns: besideMitel('no such host|could not resolve'),
  find(grounds) {
    const { evidence } = grounds;
    const found = ['before', 'behind']
      .flatMap((name) => mentions(evidence, 'cloudlink-name-unresolved', name))
      .filter(({ detail }) => isMitelHost(detail));
    return [...byHost(evidence, found)].map(([host, own]) => {
      const names = [...new Set(own.map(({ detail }) => detail.toLowerCase()))].sort();
      const hit = linesHit(grounds, host, linesOf(own), { host, names: { list: names.slice(0, 5) } });
      return { ...hit, also: [...(hit.also ?? []), ...names] };
    });
  },
  explains: [
    { row: 'f.cld.error', when: 'same-subject' },
    { row: 'f.cld.warn', when: 'same-subject' },
  ],
  title: text(
    'Log text suggests that DNS cannot resolve CloudLink',
    'Le texte du journal suggère que le DNS ne trouve pas CloudLink',
  ),
  seen: text(
    '{host}: {count} {count|line says|lines say} that {names} cannot be resolved, from {from} to {to}.',
    '{host} : {count} {count|ligne dit|lignes disent} que {names} est introuvable, du {from} au {to}.',
  ),
  cause: text(
    'The DNS server of the host does not answer for mitel.io, or names should be resolved by a proxy that the daemon does not use.',
    'Le serveur DNS de l’hôte ne répond pas pour mitel.io, ou les noms doivent être résolus par un proxy que le démon n’utilise pas.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text('Resolve the name on the host of the daemon.', 'Résoudre le nom sur l’hôte du démon.'),
      command: 'getent hosts download.mitel.io',
    },
    steps.curlThroughProxy,
    steps.checkProxy,
  ],
  source: 'EN 6.3.3',
});

export const examples: Examples = [
  {
    given: {
      log: ['08:00:00 ERROR get failed err="dial tcp: lookup director.api.mitel.io on 10.0.0.53:53: no such host"'],
    },
    expect: 'found',
  },
  {
    given: {
      log: [
        '08:00:00 ERROR get failed err="lookup proxy.example on 10.0.0.53:53: no such host"',
        '08:00:01 INFO director.api.mitel.io up',
      ],
    },
    expect: 'clear',
  },
  { given: { log: ['08:00:00 ERROR get failed err="lookup mitel.io.example: no such host"'] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
