import { text } from '../../text/text';
import { said } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';
import { placeOf, stated } from '../stated';
import { isBelow, versionOf } from '../versions';

export default rule({
  id: 'daemon-outdated',
  rows: ['f.cld.version_old'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: [],
  find({ evidence, facts }) {
    const published = stated(evidence, 'current.version');
    const candidates = new Set(published.map(({ value }) => value));
    const own = stated(evidence, 'versions.cld');
    const declared = facts.versions?.origin === 'declared' ? said(facts, 'versions', 'cld') : undefined;
    const installed = new Set(declared === undefined ? own.map(({ value }) => value) : [declared]);
    const missing = [
      ...(candidates.size === 0 ? ['art.currentjson'] : []),
      ...(installed.size === 0 ? ['art.cld.log', 'versions'] : []),
    ];
    // several versions on one side: which is the daemon's is not known
    if (missing.length > 0 || candidates.size > 1) return [{ subject: '', missing }];
    const [latest = ''] = candidates;
    const newest = versionOf(latest);
    return [...installed].flatMap((version) => {
      const number = versionOf(version);
      if (!number || !newest || !isBelow(number, newest.join('.'))) return [];
      const at = [...own.filter(({ value }) => value === version), ...published.slice(0, 1)].map(placeOf);
      // an older entry of a log that goes on with the newest
      if (installed.size > 1 && own.at(-1)!.value !== version) return [];
      return [{ subject: version, at, values: { version, latest } }];
    });
  },
  title: text('Daemon older than the published version', 'Démon plus ancien que la version publiée'),
  seen: text(
    'The CloudLink Daemon is {version}; {latest} is published.',
    'Le CloudLink Daemon est en {version} ; {latest} est publiée.',
  ),
  cause: text(
    'The daemon was not updated; an old one may lack corrections and certificates.',
    'Le démon n’a pas été mis à jour ; une version ancienne peut manquer de corrections et de certificats.',
  ),
  causeIs: 'symptom',
  steps: [{ do: text('Update the CloudLink Daemon.', 'Mettre à jour le CloudLink Daemon.'), step: 'cl.ver.01' }],
  source: 'EN 5.2.5.3, EN 6.1.1',
});

const log = ['08:00:00 INFO starting cld version=1.14.2'];

export const examples: Examples = [
  { given: { log, files: { 'current.json': ['{"version":"1.15.0"}'] } }, expect: 'found', subjects: ['1.14.2'] },
  {
    given: { files: { 'current.json': ['{"version":"1.15.0"}'] }, facts: { versions: { cld: '1.9' } } },
    expect: 'found',
  },
  { given: { log, files: { 'current.json': ['{"version":"1.14.2"}'] } }, expect: 'clear' },
  // several versions are published; none is
  {
    given: { log, files: { 'current.json': ['{"version":"1.15.0","min":{"version":"1.2.0"}}'] } },
    expect: 'not-evaluated',
  },
  { given: { log }, expect: 'not-evaluated' },
];
