/** Values for the slots of commands: what a person typed, else what the case already knows. */
import { fits, type Command, type Slot } from '../../checklists/checklist';
import type { Facts } from '../../facts/facts';

export interface SlotValue {
  readonly value: string;
  /** Taken from the facts of the case, not typed. */
  readonly known: boolean;
  readonly fits: boolean;
}

/** Host and port of `http://user:secret@host:port/…`, `host:port` or `host`; credentials are left behind. */
export function proxyParts(proxy: string): { readonly host: string; readonly port: string } {
  const bare = proxy
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^[^/]*@/, '')
    .replace(/[/?#].*$/, '');
  const colon = bare.startsWith('[') ? bare.indexOf(':', bare.indexOf(']')) : bare.lastIndexOf(':');
  return colon < 0 ? { host: bare, port: '' } : { host: bare.slice(0, colon), port: bare.slice(colon + 1) };
}

export function knownSlot(slot: Slot, facts: Facts): string {
  switch (slot.fact) {
    case 'proxyHost':
      return proxyParts(facts.proxy?.value ?? '').host;
    case 'proxyPort':
      return proxyParts(facts.proxy?.value ?? '').port;
    case 'number':
      return facts.numbers?.value[0] ?? '';
    case undefined:
      return '';
  }
}

export function slotValues(
  slots: readonly Slot[],
  typed: Readonly<Record<string, string>>,
  facts: Facts,
): Readonly<Record<string, SlotValue>> {
  return Object.fromEntries(
    slots.map((slot) => {
      const own = Object.hasOwn(typed, slot.name) ? typed[slot.name] : undefined;
      const found = knownSlot(slot, facts);
      const known = own === undefined && fits(slot.kind, found);
      const value = own ?? (known ? found : '');
      return [slot.name, { value, known, fits: fits(slot.kind, value) }];
    }),
  );
}

export const plainValues = (values: Readonly<Record<string, SlotValue>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));

/** The command in parts: literal text, and slots with what stands in them. */
export function partsOf({ run }: Command): readonly { readonly slot: boolean; readonly text: string }[] {
  return run
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((text) => (/^\{\w+\}$/.test(text) ? { slot: true, text: text.slice(1, -1) } : { slot: false, text }));
}
