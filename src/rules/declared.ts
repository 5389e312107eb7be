/** How rules read facts that a person declares in parts: a part that was not said proves nothing. */
import type { FactId, Facts, FactValues } from '../facts/facts';
import type { CannotTell } from './rule';

type InParts = 'status' | 'versions' | 'zoomPsi' | 'sipCredentials' | 'accounts' | 'certificate';

export function said<Id extends InParts>(facts: Facts, id: Id, part: keyof FactValues[Id]): string | undefined {
  const parts = facts[id]?.value as Readonly<Partial<Record<keyof FactValues[Id], string>>> | undefined;
  const value = parts?.[part]?.trim();
  return value === '' ? undefined : value;
}

export const notSaid = (...missing: readonly FactId[]): readonly CannotTell[] => [{ subject: '', missing }];

/** E-mails, names or numbers of one typed text. */
export const wordsOf = (typed: string): readonly string[] => typed.split(/[\s,;]+/).filter((word) => word !== '');
