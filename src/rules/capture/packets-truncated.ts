import { messageFlags } from '../../evidence/schema';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { messageAt } from '../signalling';
import { sipSteps } from '../sip-steps';
import { shownPlaces } from '../users';

export default rule({
  id: 'packets-truncated',
  rows: ['Q01', 'f.pcap.trunc'],
  severity: 'warning',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['signalling'],
  find({ evidence }) {
    const { messages, artifacts } = evidence;
    const cut = new Map<number, number[]>();
    for (let row = 0; row < messages.length; row++) {
      if ((messages.flags[row]! & messageFlags.cut) === 0) continue;
      const own = cut.get(messages.artifact[row]!);
      if (own) own.push(row);
      else cut.set(messages.artifact[row]!, [row]);
    }
    return [...cut].map(([artifact, rows]): Hit => ({
      subject: artifacts[artifact]!.path,
      at: rows.slice(0, shownPlaces).map((row) => messageAt(evidence, row)),
      count: rows.length,
      values: {
        path: artifacts[artifact]!.path,
        count: rows.length,
        packets: artifacts[artifact]!.capture?.truncatedPackets ?? rows.length,
      },
    }));
  },
  title: text('{path}: SIP messages cut short', '{path} : messages SIP tronqués'),
  seen: text(
    '{count} SIP {count|message is|messages are} incomplete; {packets} {packets|packet|packets} of the file were captured shorter than they were.',
    '{count} {count|message SIP incomplet|messages SIP incomplets} ; {packets} {packets|paquet|paquets} du fichier ont été capturés plus courts qu’ils n’étaient.',
  ),
  cause: text(
    'The capture was made with a small snapshot length, or the network lost the rest. What headers or SDP would say behind the cut is unknown.',
    'La capture a été faite avec une longueur d’instantané trop petite, ou le réseau a perdu le reste. Ce que diraient en-têtes ou SDP après la coupure est inconnu.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Capture again with whole packets (tcpdump: -s 0).',
        'Refaire la capture avec des paquets entiers (tcpdump : -s 0).',
      ),
      step: 'psi.data.09',
    },
    sipSteps.captureBorder,
  ],
  source: 'RFC 3261 §18.3',
});

const drawn = '\n  zoom  mbg\n 0.000 |--INVITE-1-->|\n 0.010 |<---486-1----|';

export const examples: Examples = [
  { given: { ladder: { drawn, snap: 200 } }, expect: 'found', subjects: ['capture.pcap'] },
  { given: { ladder: { drawn, snap: 65_535 } }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
