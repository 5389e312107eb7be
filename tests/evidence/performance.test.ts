import { expect, it } from 'vitest';
import { performanceOf } from '../../src/evidence/performance';
import { two, wholeSeconds } from '../../src/rules/drawn';
import type { GroundsSpec } from '../../src/rules/example';
import { grounds } from '../build/grounds';

const of = (given: GroundsSpec) => {
  const { evidence, clock, links } = grounds(given);
  return performanceOf(evidence, clock, links);
};
const ms = (micros: ArrayLike<number>): number[] => Array.from(micros, (one) => Math.round(one / 1000));

it('measures registrations from the first request on, and counts those that fail', () => {
  const challenged = two('0 >REGISTER-1', '0.1 <401-1', '0.15 >REGISTER-2', '0.4 <200-2', '90');
  expect(ms(of({ ladder: challenged }).registrationDelay)).toEqual([400]);
  const refused = two('0 >REGISTER-1', '0.1 <403-1', '10 >REGISTER-2', '10.2 <200-2', '20 >REGISTER-3', '90');
  const { registrationDelay, ineffective } = of({ ladder: refused });
  // one refused, one that nobody answered
  expect([ms(registrationDelay), [...ineffective]]).toEqual([[200], [2]]);
});

it('measures how long it takes to hang up, and the ratios of sessions', () => {
  const { disconnectDelay, sessions } = of({
    ladder: two(
      ...['0 >INVITE-1', '1 <200-1', '1.1 >ACK-1', '5 >BYE-2', '5.25 <200-2'],
      ...['10 >INVITE-1b', '10.1 <486-1b'],
      ...['20 >INVITE-1c', '20.1 <503-1c'],
      ...['30 >INVITE-1d', '30.1 <302-1d'],
      ...['40 >INVITE-1e', '41 <200-1e', '41.1 >ACK-1e'],
      '300',
    ),
  });
  expect(ms(disconnectDelay).filter(Number.isFinite)).toEqual([250]);
  expect(sessions).toEqual({ attempts: 4, established: 2, effective: 3, ineffective: 1, completed: 1 });
});

it('measures nothing by whole seconds', () => {
  const { given } = wholeSeconds('0 >INVITE-1', '1 <200-1', '1 >ACK-1', '5 >BYE-2', '6 <200-2');
  const { disconnectDelay, sessions } = of(given);
  expect([...disconnectDelay]).toEqual([NaN]);
  expect(sessions.completed).toBe(1);
});
