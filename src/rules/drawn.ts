/** Short forms for examples of rules. */
import type { Example } from './rule';
import type { GroundsSpec } from './example';

/**
 * A ladder of two lanes, zoom and mbg: `0 >INVITE-1` from zoom, `0.02 <486-1` from mbg, `40` alone = the capture runs on.
 */
export const two = (...steps: readonly string[]): string => ladder('zoom mbg', steps);

/** Of three lanes, zoom, mbg and mivb: `>` and `<` stand between the first two, `>>` and `<<` between the others. */
export const three = (...steps: readonly string[]): string => ladder('zoom mbg mivb', steps);

function ladder(lanes: string, steps: readonly string[]): string {
  const rows = steps.map((step) => {
    const [time = '', arrow = ''] = step.split(' ');
    const sign = /^[<>]+/.exec(arrow)?.[0] ?? '';
    const label = arrow.slice(sign.length);
    const drawn = sign === '' ? '|  |' : sign[0] === '>' ? `|--${label}-->|` : `|<--${label}--|`;
    const isWide = lanes.split(' ').length === 3;
    return `${time} ${isWide ? (sign.length > 1 ? `|  ${drawn}` : `${drawn}  |`) : drawn}`;
  });
  return [lanes, ...rows].join('\n');
}

/** A rule that reads signalling, without any. */
export const noCapture: Example<GroundsSpec> = {
  given: { report: ['anna@example.org | Anna'] },
  expect: 'not-evaluated',
};
