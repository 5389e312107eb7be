/** What some bytes are: a container to open, a kind to read, or nothing that is known. Content first, name last. */
import { kinds } from '../artifacts';
import type { ArtifactKind, Certainty, Sniffed } from '../artifacts/kind';
import type { Confidence } from '../evidence/evidence';
import { text, type Text, type Values } from '../text/text';
import { containers } from './containers';
import type { Container } from './containers/container';

export interface Decision {
  readonly container?: Container;
  readonly kind?: ArtifactKind;
  readonly confidence: Confidence;
  readonly reason: Text;
  readonly values?: Values;
}

const confidences: Readonly<Record<Certainty, Confidence>> = { 0: 'hint', 1: 'hint', 2: 'likely', 3: 'certain' };

const unknown = text('Nothing that is known claims these bytes.', 'Rien de connu ne reconnaît ces octets.');
const byHand = text('Set by hand.', 'Choisi à la main.');

/** `wanted` = a kind or container id chosen by hand, or `unrecognised`. */
export function decide(head: Uint8Array, path: string, wanted?: string): Decision {
  if (wanted !== undefined) {
    const container = containers.find(({ id }) => id === wanted);
    const kind = kinds.find(({ id }) => id === wanted);
    if (container || kind || wanted === 'unrecognised') {
      return { ...(container ? { container } : kind ? { kind } : {}), confidence: 'certain', reason: byHand };
    }
  }
  let best: Decision | undefined;
  let certainty = 0;
  const consider = (found: Sniffed, what: Pick<Decision, 'container' | 'kind'>): void => {
    if (found.certainty <= certainty) return;
    certainty = found.certainty;
    const { reason, values } = found;
    best = { ...what, confidence: confidences[found.certainty], reason, ...(values ? { values } : {}) };
  };
  const opened = byId(containers).map((container) => ({ container, found: container.sniff(head, path) }));
  for (const { container, found } of opened) if (found.certainty > 1) consider(found, { container });
  for (const kind of byId(kinds)) {
    // nothing is surer
    if (certainty === 3) break;
    consider(guarded(kind, head, path), { kind });
  }
  // by its name alone: a log that someone renamed to .gz is read as a log
  for (const { container, found } of opened) consider(found, { container });
  return best ?? { confidence: 'hint', reason: unknown };
}

/** A sniffer that throws is our fault and must not keep a file from being listed. */
function guarded(kind: ArtifactKind, head: Uint8Array, path: string): Sniffed {
  try {
    return kind.sniff(head, path);
  } catch {
    return { certainty: 0, reason: unknown };
  }
}

const byId = <T extends { readonly id: string }>(list: readonly T[]): readonly T[] =>
  [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
