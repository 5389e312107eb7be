/** What a capture says beside its packets: comments, names of hosts, secrets that are left alone. */
import { parseAddress } from '../../decode/address';
import type { Frame } from '../../decode/layer';
import { text, type Text } from '../../text/text';
import type { Sink } from '../kind';

export interface Remarks {
  comment(text: string, offset: number, frame?: Frame): void;
  name(address: string, name: string, offset: number): void;
  secrets(offset: number): void;
  /** For the capture as a whole; undefined where it says nothing. */
  note(): Text | undefined;
}

const maxComments = 10_000;
const maxNames = 10_000;
const secretsIn = text(
  'It holds secrets of TLS; they are not used.',
  'Elle contient des secrets TLS ; ils ne sont pas utilisés.',
);

/** `address`: pool id of four words. */
export function createRemarks(sink: Sink, address: (words: Uint32Array) => number): Remarks {
  const { comments, names } = sink.tables;
  let about = '';
  let hasSecrets = false;
  const words = new Uint32Array(4);
  return {
    comment(text, offset, frame) {
      if (comments.length >= maxComments) return;
      comments.add({
        artifact: sink.artifact,
        time: frame?.time ?? NaN,
        number: frame?.number ?? 0,
        offset,
        source: frame?.source.some(Boolean) ? address(frame.source) : 0,
        text: sink.strings.id(text),
      });
      // braces would be taken for places of values
      if (!frame && !about) about = text.replaceAll('{', '(').replaceAll('}', ')');
    },
    name(host, name, offset) {
      if (names.length >= maxNames || !parseAddress(host, words)) return;
      names.add({ artifact: sink.artifact, offset, address: address(words), name: sink.strings.id(name) });
    },
    secrets: () => void (hasSecrets = true),
    note() {
      const said = about ? `«${about}»` : '';
      if (!said && !hasSecrets) return undefined;
      return text(
        [said, hasSecrets ? secretsIn.en : ''].filter(Boolean).join(' '),
        [said, hasSecrets ? secretsIn.fr : ''].filter(Boolean).join(' '),
      );
    },
  };
}
