/** One message as it lies in its file, for the message pane. Secrets are overwritten before the text leaves the worker. */
import { narrowed } from '../decode/narrow';
import { sipOfText } from '../decode/sip-in-text';
import { unmask } from '../decode/websocket';
import { bodyNames } from '../evidence/body-kinds';
import { messageFlags, transports } from '../evidence/schema';
import { maskSecretBytes } from '../evidence/mask';
import type { MessageDetail, Sighting } from './desk';
import type { Read } from './scan';
import type { View } from './view';

/** More than any SIP message; a piece list that claims more is not followed. */
const maxMessage = 2 ** 20;
const maxSightings = 32;

export async function messageDetail(view: View, row: number, read: Read): Promise<MessageDetail> {
  const { messages, strings } = view.evidence;
  const artifact = messages.artifact[row]!;
  const bytes = await textOf(view, row, read);
  const masked = maskSecretBytes(bytes);
  return {
    row,
    raw: new TextDecoder().decode(masked),
    masked: masked.some((byte, index) => byte !== bytes[index]),
    artifact,
    packet: messages.packet[row]!,
    offset: messages.offset[row]!,
    length: transports[messages.transport[row]!] === 'text' ? messages.size[row]! : bytes.length,
    time: view.clock.messages[row]!,
    source: endpoint(strings.text(messages.source[row]!), messages.sourcePort[row]!),
    target: endpoint(strings.text(messages.target[row]!), messages.targetPort[row]!),
    bodies: bodyNames(messages.bodies[row]!),
    inferred: (messages.flags[row]! & messageFlags.inferred) !== 0,
    coarse: (messages.flags[row]! & messageFlags.coarse) !== 0,
    bytes: masked,
    seen: sightingsOf(view, row),
  };
}

/** All spans of a message, in order; a TCP message may lie in several packets. */
async function textOf({ evidence }: View, row: number, read: Read): Promise<Uint8Array> {
  const { messages, pieces } = evidence;
  const spans: { artifact: number; offset: number; size: number; mask: number }[] = [];
  let total = 0;
  for (let piece = pieces.message.indexOf(row); piece >= 0 && piece < pieces.length; piece++) {
    const size = pieces.size[piece]!;
    if (pieces.message[piece] !== row || total + size > maxMessage) break;
    const [artifact, offset] = [pieces.artifact[piece]!, pieces.offset[piece]!];
    spans.push({ artifact, offset, size, mask: pieces.mask?.[piece] ?? 0 });
    total += size;
  }
  if (spans.length === 0) {
    const [artifact, offset] = [messages.artifact[row]!, messages.offset[row]!];
    spans.push({ artifact, offset, size: Math.min(messages.size[row]!, maxMessage), mask: 0 });
  }
  const parts = await Promise.all(
    spans.map(async ({ artifact, offset, size, mask }) => unmask(await read(artifact, offset, size), mask)),
  );
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  // a log prints it behind prefixes, with escapes, without carriage returns
  return transports[messages.transport[row]!] === 'text' ? sipOfText(narrowed(bytes)) : bytes;
}

/** Where the same message was seen, itself first: another file, another interface. */
function sightingsOf({ evidence: { messages }, clock, links }: View, row: number): Sighting[] {
  const original = links.duplicateOf[row]! >= 0 ? links.duplicateOf[row]! : row;
  const call = links.callOf[original]!;
  const registration = links.registrationOf[original]!;
  const among =
    call >= 0
      ? links.callMessages(call)
      : registration >= 0
        ? links.registrationMessages(registration)
        : Uint32Array.of(original);
  const rows = [original, ...among.filter((one) => links.duplicateOf[one] === original)].slice(0, maxSightings);
  return rows.map((one) => ({
    artifact: messages.artifact[one]!,
    packet: messages.packet[one]!,
    offset: messages.offset[one]!,
    time: clock.messages[one]!,
  }));
}

const endpoint = (host: string, port: number): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
