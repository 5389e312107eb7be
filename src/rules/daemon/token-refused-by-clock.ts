import { level } from '../../evidence/schema';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { hostHits, mentions } from '../lines';
import { rule } from '../rule';
import { steps } from '../steps';

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
  },
  find(grounds) {
    const { lines } = grounds.evidence;
    const found = ['token', 'certificate']
      .flatMap((name) => mentions(grounds.evidence, 'token-refused-by-clock', name))
      // a token that is renewed in good time is told at INFO
      .filter(({ line }) => lines.level[line]! >= level.warning);
    return hostHits(grounds, found);
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
  // told in passing; not about its time
  { given: { log: ['08:00:00 INFO token expired, renewing', '08:00:01 ERROR token missing'] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
