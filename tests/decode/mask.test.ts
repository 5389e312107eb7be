import { expect, it } from 'vitest';
import { shapeOf } from '../../src/decode/mask';

it.each([
  ['dial tcp 10.1.2.3:443: i/o timeout after 30s', 'dial tcp <ip>: i/o timeout after <n>s'],
  ['peer [2001:db8::1]:5061 gone', 'peer <ip> gone'],
  ['user joe.b@example.com of 6f9619ff-8b86-4d01-b42d-00cf4fc964ff', 'user <email> of <id>'],
  ['since 09:47:06.123 token deadbeef01 lost', 'since <time> token <hex> lost'],
  ['no  numbers\there', 'no numbers here'],
  ['added facade', 'added facade'],
])('%s', (message, shape) => expect(shapeOf(message)).toBe(shape));
