import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { clockWrong, refusedTokens } from '../token-time';

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
    consequence: /\b(?<detail>unauthori[sz]ed)\b/i,
  },
  // where an NTP status shows that the clock is wrong, `token-refused-clock-wrong` says so for certain
  find: (grounds) => refusedTokens(grounds).filter((hit) => !clockWrong(grounds, hit)),
  explains: [
    { row: 'f.cld.error', when: 'same-subject' },
    { row: 'f.cld.warn', when: 'same-subject' },
  ],
  title: text(
    'Log text suggests a token refused: check the clock',
    'Le texte du journal suggère un jeton refusé : vérifier l’heure',
  ),
  seen: text(
    '{host}: {count} {count|line says|lines say} that a token or certificate is refused, from {from} to {to}.',
    '{host} : {count} {count|ligne dit|lignes disent} qu’un jeton ou certificat est refusé, du {from} au {to}.',
  ),
  cause: text(
    'Tokens of the daemon live for a short time only: a wrong clock makes valid ones look expired or not yet valid.',
    'Les jetons du démon ne vivent que peu de temps : une heure fausse fait paraître expirés ou pas encore valides des jetons valides.',
  ),
  causeIs: 'symptom',
  steps: [steps.checkClock, steps.restartDaemon],
  source: 'EN 6.3.4',
});

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
  // a 401 of a host that another source shows to be wrong, and what follows from it
  {
    given: {
      log: [
        '08:07:12 ERROR push refused status=401 x-mitel-correlation-id=1f0c1d52-3a0b-4a52-9d0e-0c5a4c7b1e01',
        '08:07:12.001 ERROR notification dropped: unauthorized',
      ],
      events: ['2026-11-12T08:00:00Z | NotificationFailed | push | anna | 1f0c1d52-3a0b-4a52-9d0e-0c5a4c7b1e01'],
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
  // a clock known to be wrong: told by the other rule
  {
    given: {
      log: ['08:00:00 ERROR refresh failed err="token is expired by 7m12s"'],
      facts: { ntp: 'System time     : 95.2 seconds slow of NTP time' },
    },
    expect: 'clear',
  },
  // told in passing; not about its time
  { given: { log: ['08:00:00 INFO token expired, renewing', '08:00:01 ERROR token missing'] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
