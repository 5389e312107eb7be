import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { codecsOf, mediaOf, talksOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { headerValues } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'tones-faulty',
  rows: ['M10'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { media, messages, streams, strings, tones } = evidence;
    const sights: Sight[] = [];
    const audio = strings.find('audio');
    const rowsAt = mediaOf(evidence);
    const events = new Map<number, boolean>();
    const hasEvents = (row: number): boolean => {
      const formats = media.formats[row]!;
      let own = events.get(formats);
      if (own === undefined) {
        own = codecsOf(evidence, row).some((format) => /telephone-event/i.test(format));
        events.set(formats, own);
      }
      return own;
    };
    const has = (message: number): boolean =>
      rowsAt(message).some((row) => media.kind[row] === audio && hasEvents(row));
    for (const { exchange } of talksOf(grounds)) {
      const { offer, answer, response, request } = exchange;
      if (offer === -1 || answer === -1 || !has(offer) || has(answer)) continue;
      sights.push({
        subject: wayOf(grounds, response),
        rows: [request, response],
        values: { why: notAgreed, digits: '–' },
      });
    }
    const byInfo = new Map<number, number>();
    for (const row of headerValues(evidence, 'body-dtmf').keys()) byInfo.set(links.callOf[row]!, row);
    const byStream = new Map<number, number[]>();
    for (let tone = 0; tone < tones.length; tone++) {
      const own = byStream.get(tones.stream[tone]!);
      if (own) own.push(tone);
      else byStream.set(tones.stream[tone]!, [tone]);
    }
    for (const [stream, own] of byStream) {
      if (links.streams.same[stream] !== -1) continue;
      const call = links.streams.call[stream]!;
      const info = call === -1 ? undefined : byInfo.get(call);
      const broken = own.filter((tone) => tones.ends[tone] === 0 || tones.duration[tone]! < 40);
      const why =
        info !== undefined
          ? twice
          : broken.some((tone) => tones.ends[tone] === 0)
            ? noEnd
            : broken.length > 0
              ? brief
              : undefined;
      if (!why) continue;
      sights.push({
        subject: `${strings.text(streams.source[stream]!)} → ${strings.text(streams.target[stream]!)}`,
        rows: info === undefined || messages.length === 0 ? [] : [info],
        streams: [stream],
        values: { why, digits: strings.text(streams.digits[stream]!) },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: keys (DTMF) are not sent soundly', '{subject} : touches (DTMF) mal transmises'),
  seen: text(
    '{count} {count|call|calls}: {why}. Keys: {digits}.',
    '{count} {count|appel|appels} : {why}. Touches : {digits}.',
  ),
  cause: text(
    'Menus and voice mail miss keys or hear them twice.',
    'Menus et messageries manquent des touches ou les entendent deux fois.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Set one DTMF method, RFC 4733, on both sides.',
        'Régler une seule méthode DTMF, RFC 4733, des deux côtés.',
      ),
    },
    sipSteps.openLadder,
  ],
  source: 'RFC 4733 §2.1, RFC 4733 §2.5.1',
});

const notAgreed = text('telephone-event was offered and not accepted', 'telephone-event a été proposé et non accepté');
const twice = text(
  'the same call sends keys by INFO and in RTP',
  'le même appel envoie les touches par INFO et en RTP',
);
const noEnd = text('an event has no packet with the end bit', 'un événement n’a aucun paquet portant le bit de fin');
const brief = text('an event lasts less than 40 ms', 'un événement dure moins de 40 ms');
const event = ['m=audio 40000 RTP/AVP 8 101', 'a=rtpmap:101 telephone-event/8000'];
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1');
export const examples: Examples = [
  {
    given: { ladder: { drawn, with: { 'INVITE-1': event, '200-1': ['m=audio 41000 RTP/AVP 8'] } } },
    expect: 'found',
    subjects: ['10.0.0.2 → 10.0.0.1'],
  },
  {
    given: {
      ladder: {
        drawn,
        with: { 'INVITE-1': event, '200-1': ['m=audio 41000 RTP/AVP 8 101', 'a=rtpmap:101 telephone-event/8000'] },
      },
    },
    expect: 'clear',
  },
  noCapture,
];
