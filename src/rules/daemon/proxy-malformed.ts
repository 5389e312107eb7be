import type { At } from '../../evidence/evidence';
import { text, type Text } from '../../text/text';
import type { Examples } from '../example';
import { hostOf, hostsOf } from '../lines';
import { rule, type Hit } from '../rule';
import { placeOf, proxyAddress, stated } from '../stated';
import { steps } from '../steps';

const faults = {
  unreadable: text('a host and a numeric port cannot be read from it', 'on n’y lit ni hôte ni port numérique'),
  placeholder: text('a placeholder was left in it', 'un texte à remplacer y est resté'),
  scheme: text('it has no scheme, such as http://', 'il n’a pas de schéma, tel que http://'),
  port: text('it names no port', 'il ne nomme pas de port'),
} as const satisfies Record<string, Text>;

export default rule({
  id: 'proxy-malformed',
  rows: ['f.cld.proxy_form'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  find({ evidence, facts }) {
    const values = new Map<string, { readonly host: Hit['values'][string]; readonly at: At[] }>();
    for (const fact of stated(evidence, 'proxy')) {
      const known = values.get(fact.value);
      if (known) known.at.push(placeOf(fact));
      else values.set(fact.value, { host: hostOf(evidence, fact.artifact), at: [placeOf(fact)] });
    }
    const typed = facts.proxy?.origin === 'declared' ? facts.proxy.value : undefined;
    if (typed !== undefined && !values.has(typed)) values.set(typed, { host: byHand, at: [] });
    if (values.size === 0 && stated(evidence, 'proxy.unset').length === 0)
      return [{ subject: '', missing: ['art.proxy'] }];
    return [...values].flatMap(([value, { host, at }]): Hit[] => {
      const fault = faultOf(value);
      if (!fault) return [];
      const tolerated = fault === faults.scheme || fault === faults.port;
      return [
        {
          subject: value,
          // what many programs accept explains no failure
          hosts: tolerated ? [] : hostsOf(evidence, at),
          at: at.slice(0, 50),
          ...(at.length > 0 ? { count: at.length } : {}),
          values: { host, value, fault },
          ...(tolerated ? { severity: 'note' } : {}),
        },
      ];
    });
  },
  explains: [
    { row: 'f.cld.unreachable', when: 'same-hosts' },
    { row: 'f.cld.dns', when: 'same-hosts' },
  ],
  title: text('HTTPS_PROXY malformed: {value}', 'HTTPS_PROXY mal formé : {value}'),
  seen: text('{host}: the proxy is “{value}”; {fault}.', '{host} : le proxy est « {value} » ; {fault}.'),
  cause: text(
    'The daemon cannot use a proxy whose address it cannot read; it then fails to connect or goes without.',
    'Le démon ne peut pas utiliser un proxy dont il ne lit pas l’adresse ; il échoue alors ou s’en passe.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Write HTTPS_PROXY as http://host:port, without blanks.',
        'Écrire HTTPS_PROXY sous la forme http://hôte:port, sans espace.',
      ),
      step: 'osv.chk.04',
    },
    steps.restartDaemon,
  ],
  source: 'EN 6.3.3 (inc.en.07)',
});

const byHand = text('typed by hand', 'saisi à la main');

function faultOf(value: string): Text | undefined {
  if (/[<>‹›{}$]|^(?:https?:\/\/)?:|\b(?:x\.x\.x\.x|proxy_?ip|your[-_.]?proxy)\b|\[(?![0-9a-f:.]+\])/i.test(value))
    return faults.placeholder;
  const address = proxyAddress(value);
  if (!address) return faults.unreadable;
  if (address.scheme === '') return faults.scheme;
  return address.port === '' ? faults.port : undefined;
}

export const examples: Examples = [
  { given: { files: { 'proxy.conf': ['HTTPS_PROXY=http://:'] } }, expect: 'found', subjects: ['http://:'] },
  { given: { files: { 'proxy.conf': ['HTTPS_PROXY="http://10.0.0.5: 3128"'] } }, expect: 'found' },
  { given: { facts: { proxy: 'http://proxy.example:port' } }, expect: 'found' },
  // accepted by many programs: a note
  { given: { facts: { proxy: '10.0.0.5:3128' } }, expect: 'found' },
  { given: { log: ['08:00:00 INFO starting https_proxy=http://10.0.0.5:99999'] }, expect: 'found' },
  { given: { files: { 'proxy.conf': ['HTTPS_PROXY=http://joe:secret@[fd00::5]:3128/'] } }, expect: 'clear' },
  { given: { files: { 'proxy.conf': ['HTTPS_PROXY='] } }, expect: 'clear' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];
