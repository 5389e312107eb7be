import { SECOND } from '../../base/time';
import { mediaFlags } from '../../evidence/schema';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { exchangesOf, mediaOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

const mediaAt = 2 * SECOND;

export default rule({
  id: 'ice-failed',
  rows: ['M13'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { checks, media, messages, streams, strings } = evidence;
    const rowsAt = mediaOf(evidence);
    const sights: Sight[] = [];
    for (const { answer, request, response } of exchangesOf(grounds)) {
      if (answer === -1 || !rowsAt(answer).some((row) => (media.flags[row]! & mediaFlags.mismatch) !== 0)) continue;
      sights.push({
        subject: strings.text(messages.source[answer]!),
        rows: [request, response].filter((one) => one !== -1),
        values: { why: mismatch, tries: 0 },
      });
    }
    /** Checks of ICE by host: who asked, how often, was any answered. */
    const hosts = new Map<number, { requests: number; answers: number; from: number; to: number; conflict: boolean }>();
    for (let row = 0; row < checks.length; row++) {
      if ((checks.flags[row]! & 1) === 0) continue;
      const own = hosts.get(checks.source[row]!) ?? {
        requests: 0,
        answers: 0,
        from: Infinity,
        to: -Infinity,
        conflict: false,
      };
      hosts.set(checks.source[row]!, own);
      own.requests += checks.requests[row]!;
      own.answers += checks.answers[row]!;
      own.from = Math.min(own.from, checks.start[row]!);
      own.to = Math.max(own.to, checks.end[row]!);
      own.conflict ||= checks.error[row] === 487;
    }
    for (const [host, { requests, answers, to, conflict }] of hosts) {
      if (requests < 3 || answers > 0) continue;
      // media that run all the same: the other side is ICE-lite or the capture sees one way
      let runs = false;
      for (let row = 0; row < streams.length; row++)
        runs ||= streams.source[row] === host && streams.end[row]! > to + mediaAt;
      if (runs) continue;
      sights.push({
        subject: strings.text(host),
        rows: [],
        values: { why: conflict ? roles : silent, tries: requests },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: ICE finds no way for the media', '{subject} : ICE ne trouve aucun chemin pour le média'),
  seen: text('{why} ({tries} checks).', '{why} ({tries} vérifications).'),
  cause: text(
    'A firewall blocks UDP between the candidates, or something rewrites addresses in SDP.',
    'Un pare-feu bloque UDP entre les candidats, ou quelque chose réécrit les adresses du SDP.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.firewall, sipSteps.wholeCapture],
  source: 'RFC 8445 §7.1, RFC 8839 §4.2.5',
});

const mismatch = text(
  'the answer says a=ice-mismatch: an address was changed on the way',
  'la réponse dit a=ice-mismatch : une adresse a été modifiée en chemin',
);
const silent = text('no check was answered', 'aucune vérification n’a reçu de réponse');
const roles = text('the checks end in a role conflict (487)', 'les vérifications finissent en conflit de rôle (487)');
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1');
const offer = ['m=audio 40000 RTP/AVP 8', 'a=candidate:1 1 UDP 1 10.0.0.1 40000 typ host'];
export const examples: Examples = [
  {
    given: { ladder: { drawn, with: { 'INVITE-1': offer, '200-1': ['m=audio 41000 RTP/AVP 8', 'a=ice-mismatch'] } } },
    expect: 'found',
    subjects: ['10.0.0.2'],
  },
  { given: { ladder: { drawn, with: { 'INVITE-1': offer, '200-1': ['m=audio 41000 RTP/AVP 8'] } } }, expect: 'clear' },
  noCapture,
];
