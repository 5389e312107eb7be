/** Declared facts over what evidence says: by hand wins, and what evidence says against it is kept beside it. */
import type { ClockSettings } from '../evidence/clock';
import type { Evidence } from '../evidence/evidence';
import { isZone, type Declared, type FactId, type Facts, type FactValues, type Known } from './facts';
import { factIds } from './list';
import { seenFacts } from './seen';

export function resolveFacts(evidence: Evidence, declared: Declared): Facts {
  const seen = seenFacts(evidence);
  const facts: Partial<Record<FactId, unknown>> = {};
  for (const id of factIds) {
    const fact = resolve(declared[id], seen[id] as Known<FactValues[FactId]> | undefined);
    if (fact) facts[id] = fact;
  }
  return facts as Facts;
}

function resolve(byHand: unknown, seen: Known<unknown> | undefined): Known<unknown> | undefined {
  if (isBlank(byHand)) return seen;
  if (!seen) return { value: byHand, origin: 'declared' };
  // `versions` and `status` have parts: each is declared or seen by itself
  if (isParts(byHand) && isParts(seen.value)) {
    const own = Object.fromEntries(Object.entries(byHand).filter(([, value]) => !isBlank(value)));
    const value = { ...seen.value, ...own };
    const against = Object.fromEntries(
      Object.entries(seen.value).filter(([part, said]) => part in own && !alike(own[part], said)),
    );
    return withConflict({ value, origin: 'declared' }, Object.keys(against).length > 0 ? against : undefined, seen);
  }
  return withConflict({ value: byHand, origin: 'declared' }, alike(byHand, seen.value) ? undefined : seen.value, seen);
}

function withConflict(fact: Known<unknown>, against: unknown, { artifact = -1 }: Known<unknown>): Known<unknown> {
  return against === undefined ? fact : { ...fact, conflict: { value: against, artifact } };
}

const isParts = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An emptied field is no answer. */
function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isBlank);
}

/** Case and outer blanks make no conflict; a list must only be held by what was seen. */
function alike(byHand: unknown, seen: unknown): boolean {
  if (Array.isArray(byHand) && Array.isArray(seen))
    return byHand.every((entry) => seen.some((other) => alike(entry, other)));
  return String(byHand).trim().toLowerCase() === String(seen).trim().toLowerCase();
}

/** What the clock needs of the facts; zone names that no calendar knows are left out. */
export function clockSettings(facts: Facts, computerZone: string): ClockSettings {
  const zones = Object.fromEntries(Object.entries(facts.zones?.value ?? {}).filter(([, zone]) => isZone(zone)));
  const offsets = Object.fromEntries(
    Object.entries(facts.clockOffsets?.value ?? {}).filter(([, seconds]) => Number.isFinite(seconds)),
  );
  const incidentZone = facts.incident?.value.zone ?? '';
  return {
    zones,
    offsets,
    ...(incidentZone !== '' && isZone(incidentZone) ? { incidentZone } : {}),
    computerZone: isZone(computerZone) ? computerZone : 'UTC',
  };
}

/** Addresses that a person said to be one host: of one name, or nameless ones of a border. */
export function sameHosts({ hosts }: Facts): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const { address, role, name } of hosts?.value ?? []) {
    const key = name || (role === 'border' ? role : '');
    if (key === '') continue;
    const own = groups.get(key);
    if (own) own.push(address);
    else groups.set(key, [address]);
  }
  return [...groups.values()];
}
