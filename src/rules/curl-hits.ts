/** What a transcript of curl proves (domain.md 3.10: it confirms what log text only suggests). */
import type { CurlFault } from '../evidence/curl-outcome';
import { hostsOf, isMitelHost } from './lines';
import type { CannotTell, Grounds, Hit } from './rule';
import { placeOf, transfers, type Transfer } from './stated';

/** Transfers to CloudLink that ended with one of these faults, one finding a target and proxy. A later success clears it. */
export function curlHits({ evidence }: Grounds, ...faults: readonly CurlFault[]): readonly (Hit | CannotTell)[] {
  const all = transfers(evidence).filter(
    ({ target, fault }) => isMitelHost(target) || (target === '' && fault === 'proxy'),
  );
  if (all.length === 0) return [{ subject: '', missing: ['art.curl'] }];
  const groups = new Map<string, Transfer[]>();
  for (const transfer of all) {
    const key = `${transfer.target}|${transfer.proxy}`;
    groups.set(key, [...(groups.get(key) ?? []), transfer]);
  }
  return [...groups.values()].flatMap((own): Hit[] => {
    const last = own.at(-1)!;
    if (!faults.includes(last.fault)) return [];
    const failed = own.filter(({ fault }) => faults.includes(fault));
    const target = last.target || 'download.mitel.io';
    return [
      {
        subject: last.proxy === '' ? target : `${target} (${last.proxy})`,
        also: [target, last.proxy].filter((name) => name !== ''),
        hosts: hostsOf(
          evidence,
          failed.map(({ fact }) => placeOf(fact)),
        ),
        at: failed.map(({ fact }) => placeOf(fact)),
        values: {
          target,
          proxy: last.proxy === '' ? { en: 'without a proxy', fr: 'sans proxy' } : last.proxy,
          code: last.code,
        },
      },
    ];
  });
}
