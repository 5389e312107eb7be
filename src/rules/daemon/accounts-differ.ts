import type { At } from '../../evidence/evidence';
import { text } from '../../text/text';
import { said } from '../declared';
import type { Examples } from '../example';
import { hostOf } from '../lines';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';

/** Account Number is compared with Account Number, Account ID with Account ID. */
const kinds = [
  { fact: 'accountNumber', name: 'Account Number', parts: ['cldNumber', 'gatewayNumber'] },
  { fact: 'accountId', name: 'Account ID', parts: ['cldId', 'gatewayId'] },
] as const;
const component = { cld: 'CloudLink Daemon', gateway: 'CloudLink Gateway' } as const;

export default rule({
  id: 'accounts-differ',
  rows: ['f.cld.account_mismatch'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  find(grounds) {
    const told = kinds.map((kind) => ({ kind, values: valuesOf(kind, grounds) }));
    const hits = told.flatMap(({ kind, values }): Hit[] => {
      const distinct = [...new Set(values.map(({ value }) => value))];
      if (distinct.length < 2) return [];
      return [
        {
          subject: kind.name,
          at: values.flatMap(({ at }) => (at ? [at] : [])),
          values: {
            name: kind.name,
            values: { list: values.map(({ value, from }) => (from ? `${value} (${from})` : value)) },
          },
        },
      ];
    });
    if (hits.length > 0) return hits;
    const compared = told.some(({ values }) => values.length > 1);
    return compared ? [] : [{ subject: '', missing: ['accounts'] } satisfies CannotTell];
  },
  title: text(
    'Components linked to different CloudLink accounts',
    'Composants liés à des comptes CloudLink différents',
  ),
  seen: text('{name} is not the same everywhere: {values}.', '{name} n’est pas partout le même : {values}.'),
  cause: text(
    'Daemon and gateway must hang on the account of the customer; users and licences of the other account are not seen here.',
    'Démon et gateway doivent être rattachés au compte du client ; les utilisateurs et licences de l’autre compte ne se voient pas ici.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text('Read Account Number and Account ID of the daemon.', 'Relever Account Number et Account ID du démon.'),
      where: 'Configuration > CloudLink',
      step: 'mivb.cld.01',
    },
    {
      do: text(
        'Read Account Number and Account ID of the gateway, then link the wrong one again.',
        'Relever Account Number et Account ID de la gateway, puis rattacher celui qui est faux.',
      ),
      where: 'Applications > CloudLink Gateway',
      step: 'mivb.clgw.01',
    },
  ],
  source: 'EN 6.1.1, EN 6.1.2',
});

interface Told {
  readonly value: string;
  readonly from: string;
  readonly at?: At;
}

/** The last word of each artifact, what a person read on each component, and what the customer said. */
function valuesOf({ fact, parts }: (typeof kinds)[number], { evidence, facts }: Grounds): readonly Told[] {
  const seen = new Map<number, Told>();
  for (const { key, value, artifact, offset, length } of evidence.facts) {
    if (key === fact) seen.set(artifact, { value, from: hostOf(evidence, artifact), at: { artifact, offset, length } });
  }
  const declared = parts.flatMap((part): Told[] => {
    const value = said(facts, 'accounts', part);
    return value === undefined ? [] : [{ value, from: part.startsWith('cld') ? component.cld : component.gateway }];
  });
  const known = facts[fact];
  const own = known && known.origin === 'declared' ? [{ value: known.value.trim(), from: '' }] : [];
  // the same value of the same component twice is one word
  const all = [...seen.values(), ...declared, ...own];
  return all.filter((one, n) => all.findIndex(({ value, from }) => value === one.value && from === one.from) === n);
}

const line = (number: string): string => `08:00:00 INFO onboarded hostname=gw account_number=${number}`;

export const examples: Examples = [
  {
    given: { facts: { accounts: { cldNumber: '123456789', gatewayNumber: '987654321' } } },
    expect: 'found',
    subjects: ['Account Number'],
  },
  { given: { log: [line('123456789')], facts: { accountNumber: '123456780' } }, expect: 'found' },
  { given: { log: [line('123456789')], facts: { accounts: { gatewayNumber: '123456789' } } }, expect: 'clear' },
  // a number is not an id
  { given: { facts: { accounts: { cldNumber: '123456789', gatewayId: 'a1b2' } } }, expect: 'not-evaluated' },
  { given: { log: [line('123456789')] }, expect: 'not-evaluated' },
];
