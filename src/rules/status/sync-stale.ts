import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { syncState } from '../sync-state';

export default rule({
  id: 'sync-stale',
  rows: ['f.cl.sync_stale'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['status'],
  find({ facts }) {
    const state = syncState(facts);
    switch (state.is) {
      case 'unknown':
        return [{ subject: '', missing: state.missing }];
      case 'failing':
        return [{ subject: 'Sync status', at: [], values: { said: state.words } }];
      case 'old':
        return [
          {
            subject: 'Sync status',
            at: [],
            from: state.last,
            to: state.incident,
            values: {
              said: text(
                'the last successful sync is more than 24 h older than the incident',
                'la dernière synchronisation réussie a plus de 24 h de retard sur l’incident',
              ),
            },
          },
        ];
      case 'fresh':
        return [];
    }
  },
  explains: [{ row: 'f.ucr.mass_issue', when: 'always' }],
  title: text(
    'CloudLink–Zoom synchronisation is old or failing',
    'Synchronisation CloudLink–Zoom ancienne ou en échec',
  ),
  seen: text('Sync status: {said}.', 'Sync status : {said}.'),
  cause: text(
    'Changes of users and licences no longer travel between CloudLink and Zoom; work user by user shows nothing until they do.',
    'Les changements d’utilisateurs et de licences ne passent plus entre CloudLink et Zoom ; le travail par utilisateur ne se voit pas avant.',
  ),
  causeIs: 'symptom',
  steps: [steps.readStatus, steps.reauthorize],
  source: 'EN 6.4.5.1, FR 5.1',
});

const incident = { from: '2026-11-12T09:30', to: '2026-11-12T10:15', zone: 'Europe/Paris' };

export const examples: Examples = [
  { given: { facts: { status: { sync: 'Sync failed: 401' } } }, expect: 'found', subjects: ['Sync status'] },
  { given: { facts: { status: { lastSync: '2026-11-11T08:29Z' }, incident } }, expect: 'found' },
  { given: { facts: { status: { lastSync: '2026-11-11 09:31' }, incident } }, expect: 'clear' },
  { given: { facts: { status: { sync: 'No error', lastSync: '2026-11-12T08:00Z' }, incident } }, expect: 'clear' },
  { given: { facts: { status: { lastSync: '2026-11-12T08:00Z' } } }, expect: 'not-evaluated' },
  { given: { facts: { status: { lastSync: '12/11/2026 08:00' }, incident } }, expect: 'not-evaluated' },
];
