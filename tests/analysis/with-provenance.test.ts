import { expect, it } from 'vitest';
import { withProvenance } from '../../src/analysis/with-provenance';
import { grounds } from '../build/grounds';

const { evidence } = grounds({ log: ['08:00:00 INFO started'], files: { 'notes.txt': ['some words'] } });
const provided = (byHand: Readonly<Record<string, string>>): Record<string, readonly string[]> =>
  Object.fromEntries(withProvenance(evidence, byHand).artifacts.map(({ path, provides }) => [path, provides]));

it('says of a file what a person says, and leaves the others alone', () => {
  expect(withProvenance(evidence, {})).toBe(evidence);
  expect(provided({ 'notes.txt': 'art.os4k.rmx' })).toEqual({
    'notes.txt': ['art.os4k.rmx'],
    'var/log/cld/cld.log': ['art.cld.log'],
  });
  expect(provided({ 'var/log/cld/cld.log': '' })['var/log/cld/cld.log']).toEqual([]);
  // names of the language itself are paths like any other
  expect(provided({ constructor: 'art.ucr' })['notes.txt']).toEqual([]);
});
