import { text } from '../../text/text';
import { eventsHit, eventText } from '../event-history';
import type { Examples } from '../example';
import { rule } from '../rule';

const gone = /deactivat|inactiv|delete|remov/i;

export default rule({
  id: 'zoom-admin-changed',
  rows: ['f.ev.admin_touched'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['events'],
  facts: ['adminEmail'],
  explains: [
    { row: 'f.cl.oauth_failed', when: 'always' },
    { row: 'f.cl.refresh_token', when: 'always' },
  ],
  find(grounds) {
    const { evidence, facts } = grounds;
    const { events, strings } = evidence;
    const admin = facts.adminEmail?.value.trim().toLowerCase() ?? '';
    if (admin === '') return [{ subject: '', missing: ['adminEmail'] }];
    const rows: number[] = [];
    for (let row = 0; row < events.length; row++) {
      const lines = eventText(evidence, row).toLowerCase();
      if (!gone.test(lines)) continue;
      // what the administrator did to others is no change of the administrator
      const actor = strings.text(events.actor[row]!).trim().toLowerCase();
      const times = lines.split(admin).length - 1 - (actor === admin ? 1 : 0);
      if (times > 0) rows.push(row);
    }
    return rows.length === 0 ? [] : [eventsHit(grounds, admin, rows, { admin })];
  },
  title: text('Dedicated Zoom admin was changed: {admin}', 'Admin Zoom dédié modifié : {admin}'),
  seen: text(
    '{count} {count|event names|events name} {admin} with a deactivation or removal: {names}.',
    '{count} {count|événement nomme|événements nomment} {admin} avec une désactivation ou suppression : {names}.',
  ),
  cause: text(
    'The integration lives on this account: once it is deactivated or removed, its authorization fails.',
    'L’intégration repose sur ce compte : désactivé ou supprimé, son autorisation échoue.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Reactivate the dedicated administrator in Zoom, then authorize the Mitel app again.',
        'Réactiver l’administrateur dédié dans Zoom, puis ré-autoriser l’application Mitel.',
      ),
      step: 'zm.app.02',
    },
  ],
  source: 'FR 3.1.3',
});

const facts = { adminEmail: 'psi-admin@example.org' };

export const examples: Examples = [
  {
    given: { events: ['2026-11-12T07:00:00Z | UserDeactivated | root@example.org | PSI-Admin@example.org'], facts },
    expect: 'found',
    subjects: ['psi-admin@example.org'],
  },
  // the administrator removed somebody else
  {
    given: { events: ['2026-11-12T07:00:00Z | LicenseRemoved | psi-admin@example.org | bob@example.org'], facts },
    expect: 'clear',
  },
  {
    given: { events: ['2026-11-12T07:00:00Z | UserUpdated | root@example.org | psi-admin@example.org'], facts },
    expect: 'clear',
  },
  {
    given: { events: ['2026-11-12T07:00:00Z | UserDeactivated | root@example.org | psi-admin@example.org'] },
    expect: 'not-evaluated',
  },
];
