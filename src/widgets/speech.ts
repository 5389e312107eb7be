/** How widgets speak: the frame hands in the language, the zone and the key habits. Widgets know no state. */
import { getContext, setContext } from 'svelte';
import type { Text, Value, Values } from '../text/text';

export interface Speech {
  t(template: Text, values?: Values): string;
  format(value: Value): string;
  readonly locale: string;
  readonly zone: string;
  /** Single-key shortcuts are on. */
  readonly singleKeys: boolean;
}

const key = Symbol('speech');
export const provideSpeech = (speech: Speech): Speech => setContext(key, speech);
export const useSpeech = (): Speech => getContext<Speech>(key);
