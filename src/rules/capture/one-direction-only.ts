import { sortRows } from '../../evidence/groups';
import { createIntern } from '../../evidence/intern';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { sipSteps } from '../sip-steps';

const enough = 20;
const share = 0.95;

export default rule({
  id: 'one-direction-only',
  rows: ['Q03', 'f.pcap.onedir'],
  severity: 'warning',
  basis: 'capture-quality',
  confidence: 'likely',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages } = evidence;
    const numbers = createIntern();
    const pairOf = new Int32Array(messages.length).fill(-1);
    for (let row = 0; row < messages.length; row++) {
      if (links.duplicateOf[row] !== -1) continue;
      const [a, b] = [messages.source[row]!, messages.target[row]!];
      pairOf[row] = a < b ? numbers.id(a, b) : numbers.id(b, a);
    }
    const { starts, rows } = sortRows(pairOf, numbers.size);
    const sights: Sight[] = [];
    for (let pair = 0; pair < numbers.size; pair++) {
      const all = starts[pair + 1]! - starts[pair]!;
      if (all < enough) continue;
      const own = rows.subarray(starts[pair], starts[pair + 1]);
      const forth = Array.from(own).filter((row) => messages.source[row] === messages.source[own[0]!]);
      if (forth.length < share * all) continue;
      sights.push({ subject: wayOf(grounds, forth[0]!), rows: forth, values: { all, forth: forth.length } });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: only one direction was captured', '{subject} : un seul sens capturé'),
  seen: text(
    '{forth} of {all} SIP messages between the two run this way.',
    '{forth} des {all} messages SIP entre les deux vont dans ce sens.',
  ),
  cause: text(
    'The capture point sees one direction: a mirror of one port, another route back, or a filter on the sender.',
    'Le point de capture ne voit qu’un sens : miroir d’un seul port, autre chemin de retour, ou filtre sur l’émetteur.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.captureAgain],
  source: 'EN 5.2.1.3b',
});

const many = (answer: boolean): string =>
  two(
    ...Array.from({ length: 24 }, (_, n) => [
      `${n} >OPTIONS-${n + 1}`,
      ...(answer ? [`${n}.1 <200-${n + 1}`] : []),
    ]).flat(),
  );
export const examples: Examples = [
  { given: { ladder: many(false) }, expect: 'found', subjects: ['10.0.0.1 → 10.0.0.2'] },
  { given: { ladder: many(true) }, expect: 'clear' },
  noCapture,
];
