import { level } from '../../evidence/schema';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { hostHits, mentions } from '../lines';
import { readNtp } from '../ntp-state';
import { rule, type Grounds } from '../rule';
import { steps } from '../steps';

/** Seconds by which a clock must be off before a bare 401 counts. */
const leastOffset = 60;

export default rule({
  id: 'token-refused-by-clock',
  rows: ['f.cld.token_time'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['daemon-log'],
  patterns: {
    token: /token[^\n]{0,160}?\b(?<detail>expired|not yet valid|not valid|used before issued)\b/i,
    certificate: /x509:[^\n]{0,160}?\b(?<detail>not yet valid)\b/i,
    unauthorized:
      /\bHTTP\/[\d.]{1,3} (?<detail>401)\b|\b401 unauthorized\b|\bstatus(?:[ _]?code)?["']?[=: ]{1,2}["']?401\b/i,
  },
  find(grounds) {
    const { lines } = grounds.evidence;
    const told = (name: string) => mentions(grounds.evidence, 'token-refused-by-clock', name);
    const found = [...told('token'), ...told('certificate')]
      // a token that is renewed in good time is told at INFO
      .filter(({ line }) => lines.level[line]! >= level.warning);
    // a bare 401 has many causes; it speaks of the clock only where the clock is known to be off
    const refused = told('unauthorized').filter(({ line }) => offsetOf(grounds, lines.artifact[line]!) >= leastOffset);
    return hostHits(grounds, [...found, ...refused]);
  },
  explains: [
    { row: 'f.cld.error', when: 'same-subject' },
    { row: 'f.cld.warn', when: 'same-subject' },
  ],
  title: text(
    'Log text suggests a token refused: check the clock',
    'Le texte du journal suggère un jeton refusé : vérifier l’heure',
  ),
  seen: text(
    '{host}: {count} {count|line says|lines say} that a token or certificate is expired or not yet valid, from {from} to {to}.',
    '{host} : {count} {count|ligne dit|lignes disent} qu’un jeton ou certificat est expiré ou pas encore valide, du {from} au {to}.',
  ),
  cause: text(
    'Tokens of the daemon live for a short time only: a wrong clock makes valid ones look expired or not yet valid.',
    'Les jetons du démon ne vivent que peu de temps : une heure fausse fait paraître expirés ou pas encore valides des jetons valides.',
  ),
  causeIs: 'symptom',
  steps: [steps.checkClock, steps.restartDaemon],
  source: 'EN 6.3.4',
});

/** Seconds that the host's clock is off, by its own NTP status or by the offset given for this source. */
function offsetOf({ facts, clock }: Grounds, artifact: number): number {
  const ntp = facts.ntp ? (readNtp(facts.ntp.value).offset ?? 0) : 0;
  return Math.max(ntp, Math.abs(clock.zones[artifact]?.shift ?? 0) / 1e6);
}

export const examples: Examples = [
  { given: { log: ['08:00:00 ERROR refresh failed err="token is expired by 7m12s"'] }, expect: 'found' },
  { given: { log: ['08:00:00 WARN token used before issued', '08:00:01 INFO up'] }, expect: 'found' },
  {
    given: {
      log: [
        '08:00:00 ERROR get failed err="x509: certificate has expired or is not yet valid: current time 2020-01-01"',
      ],
    },
    expect: 'found',
  },
  {
    given: {
      log: ['08:00:00 ERROR refresh failed status=401'],
      facts: { ntp: 'System time     : 95.2 seconds slow of NTP time' },
    },
    expect: 'found',
  },
  // a 401 while the clock is right
  {
    given: {
      log: ['08:00:00 ERROR refresh failed status=401'],
      facts: { ntp: 'System time     : 0.2 seconds slow of NTP time' },
    },
    expect: 'clear',
  },
  // told in passing; not about its time
  { given: { log: ['08:00:00 INFO token expired, renewing', '08:00:01 ERROR token missing'] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
