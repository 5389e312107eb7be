import { kinds } from '../artifacts';
import { containers } from '../intake/containers';
import type { KindName } from './desk';

/** What bytes can be, by name: for the page, which holds no reader. */
export const kindNames = (): KindName[] => [
  ...kinds.map(({ id, name }) => ({ id, name, container: false })),
  ...containers.map(({ id, name }) => ({ id, name, container: true })),
];
