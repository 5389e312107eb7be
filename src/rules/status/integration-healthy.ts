import { text } from '../../text/text';
import { notSaid, said } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { syncState } from '../sync-state';
import { groupHit, needsRows, usersOf } from '../users';

export default rule({
  id: 'integration-healthy',
  rows: ['f.cl.status_healthy_users_bad'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  facts: ['status'],
  find: ({ evidence, facts }) =>
    needsRows(evidence, () => {
      const integration = said(facts, 'status', 'integration');
      const oauth = said(facts, 'status', 'oauth');
      if (integration === undefined || oauth === undefined) return notSaid('status');
      if (!/^connected/i.test(integration) || !/^authori[sz]ed/i.test(oauth)) return [];
      const sync = syncState(facts);
      if (sync.is === 'unknown') return [{ subject: '', missing: sync.missing }];
      if (sync.is !== 'fresh') return [];
      const { byCode } = usersOf(evidence);
      const rows = [...new Set([...byCode.values()].flat())].sort((a, b) => a - b);
      return rows.length === 0 ? [] : [groupHit(evidence, 'issues', rows)];
    }),
  title: text(
    'Integration healthy: the fault is per user',
    'Intégration saine : la faute est propre à chaque utilisateur',
  ),
  seen: text(
    'Connected, Authorized and synchronised within 24 h, yet {count} {count|user has|users have} an issue: {users}.',
    'Connected, Authorized et synchronisé depuis moins de 24 h, mais {count} {count|utilisateur a|utilisateurs ont} un écart : {users}.',
  ),
  cause: text(
    'The link between CloudLink and Zoom works; what is wrong stands in the records of these users.',
    'Le lien entre CloudLink et Zoom marche ; ce qui ne va pas se trouve dans les fiches de ces utilisateurs.',
  ),
  causeIs: 'symptom',
  steps: [steps.compareEmails, steps.regenerateReport],
  source: 'EN 6.4.5.1, EN 6.4.5.2',
});

const incident = { from: '2026-11-12T09:30', to: '2026-11-12T10:15', zone: 'Europe/Paris' };
const status = { integration: 'Connected', oauth: 'Authorized', lastSync: '2026-11-12T08:00Z' };
const report = ['anna@example.org | Anna | ZoomUserNotFound', 'bob@example.org | Bob'];

export const examples: Examples = [
  { given: { report, facts: { status, incident } }, expect: 'found', subjects: ['issues'] },
  { given: { report: ['bob@example.org | Bob'], facts: { status, incident } }, expect: 'clear' },
  { given: { report, facts: { status: { ...status, oauth: 'Failed' }, incident } }, expect: 'clear' },
  { given: { report, facts: { status: { integration: 'Connected' }, incident } }, expect: 'not-evaluated' },
  { given: { facts: { status, incident } }, expect: 'not-evaluated' },
];
