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

/** The same two lanes as a trace that writes whole seconds: `0 >INVITE-1`, `4 <180-1`, `40` = its last record. */
export function wholeSeconds(...steps: readonly string[]): Example<GroundsSpec> {
  const requests = new Map<string, string>();
  const lines = steps.flatMap((step): readonly string[] => {
    const [seconds = '', arrow = ''] = step.split(' ');
    const time = new Date(Date.parse('2026-11-12T08:00:00Z') + Math.floor(Number(seconds)) * 1000);
    const stamp = time.toISOString().replace('T', ' ').replace('.000', '');
    const [, sign, label = '', cseq = ''] = /^([<>])(\w+)-(\d+)$/.exec(arrow) ?? [];
    if (sign === undefined) return [`${stamp} idle`];
    const [from, to] = sign === '>' ? ['10.0.0.1', '10.0.0.2'] : ['10.0.0.2', '10.0.0.1'];
    const isAnswer = /^\d/.test(label);
    if (!isAnswer && label !== 'ACK') requests.set(cseq, label);
    const method = isAnswer ? (requests.get(cseq) ?? 'INVITE') : label;
    const tag = isAnswer && label !== '100' ? ';tag=2' : '';
    return [
      `${stamp} On ${to}:5060 received from ${from}:5060`,
      isAnswer ? `SIP/2.0 ${label} Status` : `${label} sip:2002@10.0.0.2 SIP/2.0`,
      `Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK-${cseq}`,
      'From: <sip:2001@pbx.example>;tag=1',
      `To: <sip:2002@pbx.example>${tag}`,
      'Call-ID: log@example',
      `CSeq: ${cseq} ${method}`,
      'Content-Length: 0',
      '',
    ];
  });
  return { given: { files: { 'sip.log': lines } }, expect: 'not-evaluated' };
}

/** A rule that reads signalling, without any. */
export const noCapture: Example<GroundsSpec> = {
  given: { report: ['anna@example.org | Anna'] },
  expect: 'not-evaluated',
};
