import type { At } from '../../evidence/evidence';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { sourceNameOf } from '../hosts';
import { lineAt, mentions } from '../lines';
import { rule, type Hit } from '../rule';
import { shownPlaces } from '../users';

const id = 'secret-in-evidence';

export default rule({
  id,
  rows: ['f.bundle.secret'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['any'],
  patterns: {
    // the names of domain.md 1.2; what stands there must be a value, not a mask
    named:
      /(?<detail>sip_?password|client_secret|access_token|refresh_token|proxy-authorization|shared_?secret)["']?\s{0,2}[:=]\s{0,2}["']?[^\s"'*,}]{4}/i,
    link: /(?<detail>https?:\/\/)[^\s/"'@:*]{1,200}:[^\s/"'@*]{1,200}@/i,
    key: /a=crypto:\d{1,9} \S{1,60} (?<detail>inline:)[A-Za-z0-9+/]{16}/,
  },
  find({ evidence }) {
    const sources = new Map<string, { count: number; names: Set<string>; at: At[] }>();
    const add = (artifact: number, name: string, at: () => At): void => {
      const file = sourceNameOf(evidence, artifact);
      let own = sources.get(file);
      if (!own) sources.set(file, (own = { count: 0, names: new Set(), at: [] }));
      own.count++;
      own.names.add(name);
      if (own.at.length < shownPlaces) own.at.push(at());
    };
    for (const pattern of ['named', 'link', 'key']) {
      for (const { line, detail } of mentions(evidence, id, pattern)) {
        const name = pattern === 'link' ? 'http://…:…@' : detail;
        add(evidence.lines.artifact[line]!, name, () => lineAt(evidence, line));
      }
    }
    // digest answers of a capture help nobody without the password: the masking of copies covers them without a finding
    if (sources.size === 0 && evidence.lines.length === 0) return [{ subject: '', missing: ['art.cld.bundle'] }];
    return [...sources].map(([file, { count, names, at }]): Hit => ({
      subject: file,
      at,
      count,
      values: { file, count, names: { list: [...names].slice(0, 6) } },
    }));
  },
  title: text('Secrets in material to share: {file}', 'Secrets dans les pièces à partager : {file}'),
  seen: text(
    '{file}: {count} {count|place holds|places hold} secrets in clear ({names}). Copies and reports made here cover them; the file itself does not.',
    '{file} : {count} {count|endroit contient|endroits contiennent} des secrets in clear ({names}). Les copies et rapports faits ici les masquent ; le fichier lui-même non.',
  ),
  cause: text(
    'Logs and captures hold passwords, tokens and keys as the systems wrote or sent them.',
    'Journaux et captures contiennent mots de passe, jetons et clés tels que les systèmes les ont écrits ou envoyés.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Share the session cleaned and without originals, and change passwords that went out in clear.',
        'Partager la session nettoyée et sans originaux, et changer les mots de passe sortis en clair.',
      ),
      step: 'psi.data.08',
    },
  ],
  source: 'EN 5.1',
});

export const examples: Examples = [
  { given: { log: ['08:00:00 DEBUG user sipPassword=hunter2x'] }, expect: 'found', subjects: ['cld.log'] },
  { given: { log: ['08:00:00 DEBUG dial proxy=http://joe:s3cret@10.0.0.5:3128'] }, expect: 'found' },
  // masked already; a name without a value
  { given: { log: ['08:00:00 DEBUG user sipPassword=***', '08:00:01 WARN client_secret missing'] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
