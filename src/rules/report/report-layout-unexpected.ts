import type { Problem } from '../../evidence/evidence';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { steps } from '../steps';

const codes = ['report-layout', 'damaged-by-spreadsheet'];

export default rule({
  id: 'report-layout-unexpected',
  rows: ['f.ucr.schema'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find({ evidence }) {
    const byArtifact = new Map<number, Problem[]>();
    for (const problem of evidence.problems) {
      if (!codes.includes(problem.code)) continue;
      const same = byArtifact.get(problem.artifact);
      if (same) same.push(problem);
      else byArtifact.set(problem.artifact, [problem]);
    }
    return [...byArtifact].map(([artifact, problems]): Hit => {
      const { path } = evidence.artifacts[artifact]!;
      return {
        subject: path,
        at: problems.slice(0, 50).map(({ offset }) => ({ artifact, offset, length: 0 })),
        count: problems.length,
        values: { path, detail: [...new Set(problems.map(({ detail }) => detail))].slice(0, 8).join('; ') },
      };
    });
  },
  title: text('Report layout differs', 'Format du rapport inattendu'),
  seen: text('{path}: {detail}', '{path} : {detail}'),
  cause: text(
    'The file is not as Mitel Administration gives it: opened and saved by a spreadsheet, converted, or from another version.',
    'Le fichier n’est pas tel que Mitel Administration le donne : ouvert et enregistré par un tableur, converti, ou d’une autre version.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Download the report again and drop it here without opening it in a spreadsheet.',
        'Retélécharger le rapport et le déposer ici sans l’ouvrir dans un tableur.',
      ),
      where: 'Support > Zoom',
      step: 'cl.ucr.01',
    },
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2, FR 5.2.1',
});

export const examples: Examples = [
  {
    given: {
      files: {
        'saved-by-excel.csv': [
          'email;name;clUserId;licenses;zmUserId;zmUserStatus;zmSipPhoneId;zmSipPhoneNumber;zmSipPhoneMobileId;issues',
          'anna@example.org;Anna;cl-1;ZoomPSI;zm-1;active;sip-1;2001;mob-1;',
        ],
      },
    },
    expect: 'found',
    subjects: ['saved-by-excel.csv'],
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'clear' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];
