import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { clockWrong, refusedTokens } from '../token-time';

export default rule({
  id: 'token-refused-clock-wrong',
  rows: ['f.cld.token_time'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['daemon-log'],
  find(grounds) {
    const { evidence, facts } = grounds;
    if (facts.ntp === undefined && !evidence.facts.some(({ key }) => key === 'ntp'))
      return [{ subject: '', missing: ['art.ntp'] }];
    return refusedTokens(grounds).filter((hit) => clockWrong(grounds, hit));
  },
  explains: [
    { row: 'f.cld.error', when: 'same-subject' },
    { row: 'f.cld.warn', when: 'same-subject' },
  ],
  title: text('Token refused: the clock is wrong', 'Jeton refusé : l’horloge est fausse'),
  seen: text(
    '{host}: {count} {count|line says|lines say} that a token or certificate is refused, from {from} to {to}; the clock status of the host shows it unsynchronised or off.',
    '{host} : {count} {count|ligne dit|lignes disent} qu’un jeton ou certificat est refusé, du {from} au {to} ; l’état de l’horloge de l’hôte la montre non synchronisée ou décalée.',
  ),
  cause: text(
    'Tokens of the daemon live for a short time only: with a wrong clock valid ones are expired or not yet valid.',
    'Les jetons du démon ne vivent que peu de temps : avec une heure fausse, des jetons valides sont expirés ou pas encore valides.',
  ),
  causeIs: 'cause',
  steps: [steps.checkClock, steps.restartDaemon],
  source: 'EN 6.3.4',
});

const log = ['08:00:00 INFO started hostname=sbc1', '08:00:00 ERROR refresh failed err="token is expired by 7m12s"'];
const clock = (state: string) => ['[root@sbc1 ~]# timedatectl', `System clock synchronized: ${state}`];

export const examples: Examples = [
  { given: { log, files: { 'timedatectl.txt': clock('no') } }, expect: 'found', subjects: ['sbc1'] },
  {
    given: {
      log: ['08:00:00 ERROR refresh failed status=401'],
      facts: { ntp: 'System time     : 95.2 seconds slow of NTP time' },
    },
    expect: 'found',
  },
  // the clock is right; it is another host's
  { given: { log, files: { 'timedatectl.txt': clock('yes') } }, expect: 'clear' },
  {
    given: { log, files: { 'timedatectl.txt': ['[root@mbg1 ~]# timedatectl', 'System clock synchronized: no'] } },
    expect: 'clear',
  },
  { given: { log }, expect: 'not-evaluated' },
];
