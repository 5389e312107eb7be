import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { byLeg, exchangesOf, mediaOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'sdp-version-stale',
  rows: ['D42'],
  severity: 'warning',
  basis: 'conformance',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { media, strings } = evidence;
    const rowsAt = mediaOf(evidence);
    const told = (message: number): string =>
      rowsAt(message)
        .map((row) =>
          [media.address[row], media.port[row], media.profile[row], media.direction[row], media.formats[row]].join(),
        )
        .join(';');
    /** Session and its version; undefined where the line does not say. */
    const versionOf = (origin: number): string | undefined => {
      const [, session, version] = strings.text(origin).split(' ');
      return session === undefined || version === undefined ? undefined : `${session} ${version}`;
    };
    const sights: Sight[] = [];
    for (const own of byLeg(exchangesOf(grounds)).values()) {
      const last = new Map<number, { row: number; origin: number }>();
      for (const { offer, answer, side, request } of own) {
        for (const row of [offer, answer]) {
          const first = row === -1 ? undefined : rowsAt(row)[0];
          if (first === undefined) continue;
          const speaker = (row === offer) === (offer === request) ? side : 1 - side;
          const origin = media.origin[first]!;
          const before = last.get(speaker);
          const version = before ? versionOf(before.origin) : undefined;
          if (before && version !== undefined && version === versionOf(origin) && told(row) !== told(before.row)) {
            sights.push({
              subject: strings.text(evidence.messages.source[row]!),
              rows: [before.row, row],
              values: { origin: strings.text(origin) },
            });
          }
          last.set(speaker, { row, origin });
        }
      }
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject} changes SDP without a new version', '{subject} modifie le SDP sans nouvelle version'),
  seen: text(
    '{count} {count|time|times} the description changed while its o= line ({origin}) stayed the same.',
    '{count} fois la description a changé alors que sa ligne o= ({origin}) est restée la même.',
  ),
  cause: text(
    'A peer that compares versions takes the description for unchanged and keeps the old address, codec or hold.',
    'Un pair qui compare les versions croit la description inchangée et garde l’ancienne adresse, le codec ou la mise en garde.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.openLadder],
  source: 'RFC 3264 §8',
});

const audio = (more: readonly string[] = []): readonly string[] => ['m=audio 40000 RTP/AVP 8', ...more];
const held = (versions: readonly [number, number]) => ({
  drawn: two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '5 >INVITE-2', '5.1 <200-2', '5.2 >ACK-2'),
  with: {
    'INVITE-1': ['v=0', `o=- 20001 ${versions[0]} IN IP4 10.0.0.1`, 's=-', 'c=IN IP4 10.0.0.1', 't=0 0', ...audio()],
    'INVITE-2': [
      'v=0',
      `o=- 20001 ${versions[1]} IN IP4 10.0.0.1`,
      's=-',
      'c=IN IP4 10.0.0.1',
      't=0 0',
      ...audio(['a=sendonly']),
    ],
    '200-1': audio(),
    '200-2': ['v=0', 'o=- 20001 2 IN IP4 10.0.0.2', 's=-', 'c=IN IP4 10.0.0.2', 't=0 0', ...audio(['a=recvonly'])],
  },
});
export const examples: Examples = [
  { given: { ladder: held([1, 1]) }, expect: 'found', subjects: ['10.0.0.1'] },
  { given: { ladder: held([1, 2]) }, expect: 'clear' },
  noCapture,
];
