import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { skewHits } from '../skew-hits';
import { steps } from '../steps';

/** Less is the way of the message and the resolution of the clocks. */
const threshold = 2 * SECOND;

export default rule({
  id: 'clock-skew',
  rows: ['f.time.skew'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['any'],
  // the zone is taken off first, so an assumed zone changes nothing here
  find: (grounds) => skewHits(grounds, ({ rest, oneClock }) => (!oneClock && Math.abs(rest) > threshold ? rest : 0)),
  title: text(
    'Clocks differ by {amount}: {ahead} ahead of {behind}',
    'Écart d’horloge de {amount} : {ahead} en avance sur {behind}',
  ),
  seen: text(
    '{count} {count|event|events} in common: {ahead} ahead of {behind} by {amount}, time zones taken off.',
    '{count} {count|événement commun|événements communs} : {ahead} en avance de {amount} sur {behind}, fuseaux déduits.',
  ),
  cause: text(
    'The clock of one host is wrong. Tokens live for a short time only, and what happened first cannot be read from these times.',
    'L’horloge d’un hôte est fausse. Les jetons ne vivent que peu de temps, et l’ordre des faits ne se lit pas dans ces heures.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Set the clock offset of the source that is wrong, so that its times fall into place here.',
        'Régler le décalage d’horloge de la source fausse, pour que ses heures se placent bien ici.',
      ),
    },
    steps.checkClock,
  ],
  source: 'EN 6.3.4',
});

const call =
  '\n  zoom  mbg\n 0.000 |--INVITE-1-->|\n 0.010 |<---180-1----|\n 4.000 |<---200-1----|\n 4.010 |---ACK-1---->|';
const log = (time: string, id: string): string => `${time} INFO push sent x-mitel-correlation-id=${id}`;
const ids = ['1f0c1d52-3a0b-4a52-9d0e-0c5a4c7b1e01', '6f1c1d52-3a0b-4a52-9d0e-0c5a4c7b1e02'] as const;

export const examples: Examples = [
  {
    given: {
      ladder: [
        { path: 'lan.pcap', drawn: call },
        { path: 'wan.pcap', drawn: call, start: '2026-11-12T08:01:35Z' },
      ],
    },
    expect: 'found',
    subjects: ['lan.pcap ↔ wan.pcap'],
  },
  {
    given: {
      logs: {
        'sbc/cld.log': { lines: [log('08:00:00', ids[0]), log('08:05:00', ids[1])] },
        'osv/cld.log': { lines: [log('08:01:35', ids[0]), log('08:06:35', ids[1])] },
      },
    },
    expect: 'found',
  },
  // one clock against two that agree
  {
    given: {
      logs: {
        'sbc/a.log': { lines: [log('08:01:35', ids[0])] },
        'osv1/b.log': { lines: [log('08:00:00', ids[0])] },
        'osv2/c.log': { lines: [log('08:00:00.200', ids[0])] },
      },
    },
    expect: 'found',
    subjects: ['a.log'],
  },
  // a log against what the cloud notes
  {
    given: {
      log: [log('08:07:12', ids[0])],
      events: [`2026-11-12T08:00:00Z | NotificationFailed | notifications | anna@example.org | corr: ${ids[0]}`],
    },
    expect: 'found',
    subjects: ['events.csv ↔ cld.log'],
  },
  // as far apart as a message needs
  {
    given: {
      ladder: [
        { path: 'lan.pcap', drawn: call },
        { path: 'wan.pcap', drawn: call, start: '2026-11-12T08:00:01.5Z' },
      ],
    },
    expect: 'clear',
  },
  // one hour is a zone, no skew
  {
    given: {
      logs: {
        'sbc/cld.log': { lines: [log('08:00:00', ids[0])] },
        'osv/cld.log': { lines: [log('09:00:01', ids[0])] },
      },
    },
    expect: 'clear',
  },
  // the files of one rotated log have one clock: an id that spans them took its time
  {
    given: {
      logs: {
        'cld.log.1': { lines: [log('08:00:00', ids[0])] },
        'cld.log': { lines: [log('08:00:05', ids[0])] },
      },
    },
    expect: 'clear',
  },
  // nothing that two sources saw
  { given: { ladder: call, log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];
