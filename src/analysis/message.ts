/** One message as it lies in its file, for the message pane. Secrets are overwritten before the text leaves the worker. */
import { maskSecretBytes } from '../evidence/mask';
import type { MessageDetail } from './desk';
import type { View } from './view';

/** More than any SIP message; a piece list that claims more is not followed. */
const maxMessage = 2 ** 20;

export async function messageDetail(
  view: View,
  row: number,
  read: (artifact: number, offset: number, length: number) => Promise<Uint8Array>,
): Promise<MessageDetail> {
  const { messages, pieces, strings } = view.evidence;
  const artifact = messages.artifact[row]!;
  const spans: { offset: number; size: number }[] = [];
  for (let piece = 0; piece < pieces.length; piece++) {
    if (pieces.message[piece] === row) spans.push({ offset: pieces.offset[piece]!, size: pieces.size[piece]! });
  }
  if (spans.length === 0) spans.push({ offset: messages.offset[row]!, size: messages.size[row]! });
  const parts: Uint8Array[] = [];
  let total = 0;
  for (const { offset, size } of spans) {
    if (total + size > maxMessage) break;
    parts.push(await read(artifact, offset, size));
    total += size;
  }
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  const masked = maskSecretBytes(bytes);
  return {
    row,
    raw: new TextDecoder().decode(masked),
    masked: masked.some((byte, index) => byte !== bytes[index]),
    artifact,
    packet: messages.packet[row]!,
    offset: messages.offset[row]!,
    length: bytes.length,
    time: view.clock.messages[row]!,
    source: endpoint(strings.text(messages.source[row]!), messages.sourcePort[row]!),
    target: endpoint(strings.text(messages.target[row]!), messages.targetPort[row]!),
    bytes: masked,
  };
}

const endpoint = (host: string, port: number): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
