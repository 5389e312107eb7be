/** Writes questions to name servers into `lookups`, each with its answer. */
import { formatAddress } from '../../decode/address';
import { dnsPort, readDns, type DnsQuestion } from '../../decode/dns';
import type { Frame } from '../../decode/layer';
import type { Sink } from '../kind';

export interface LookupRecorder {
  /** True where the datagram is a question or an answer. */
  add(frame: Frame): boolean;
}

const maxLookups = 2 ** 16;
/** The same identification on the same port after this (µs) is another question. */
const maxAge = 30e6;

const said: DnsQuestion = { id: 0, isAnswer: false, code: 0, answers: 0, name: '', type: 0 };

/** A question to a name server, or its answer; `said` tells what it is until the next one. */
export function isLookup({ bytes, at, end, sourcePort, targetPort }: Frame): boolean {
  if (targetPort !== dnsPort && sourcePort !== dnsPort) return false;
  return readDns(bytes, at, end, said) && said.isAnswer === (targetPort !== dnsPort);
}

/** Neither SIP nor a lookup, as its first byte tells: RTP and its like are so. */
export const isBinary = ({ bytes, at, sourcePort, targetPort }: Frame): boolean =>
  bytes[at]! >= 0x80 && sourcePort !== dnsPort && targetPort !== dnsPort;

export function createLookupRecorder(
  sink: Sink,
  address: (words: Uint32Array) => number,
  limit: (detail: string) => void,
): LookupRecorder {
  const { tables, strings } = sink;
  const open = new Map<string, number>();
  let count = 0;
  return {
    add(frame) {
      if (!isLookup(frame)) return false;
      const isAsked = !said.isAnswer;
      const [asker, port] = isAsked ? [frame.source, frame.sourcePort] : [frame.target, frame.targetPort];
      const key = `${formatAddress(asker)} ${port} ${said.id} ${said.type} ${said.name}`;
      const { columns } = tables.lookups;
      const known = open.get(key);
      const row = known !== undefined && frame.time - columns.time[known]! <= maxAge ? known : undefined;
      if (!isAsked) {
        if (row === undefined || !Number.isNaN(columns.answered[row]!)) return true;
        columns.answered[row] = frame.time;
        columns.code[row] = said.code;
        columns.answers[row] = said.answers;
        return true;
      }
      if (row !== undefined) {
        columns.tries[row] = Math.min(65_535, columns.tries[row]! + 1);
        return true;
      }
      if (++count > maxLookups) {
        if (count === maxLookups + 1) limit(`${String(maxLookups)} DNS questions`);
        return true;
      }
      open.set(
        key,
        tables.lookups.add({
          artifact: sink.artifact,
          time: frame.time,
          packet: frame.number,
          offset: frame.offset,
          size: frame.captured,
          source: address(frame.source),
          target: address(frame.target),
          name: strings.id(said.name),
          type: said.type,
          tries: 1,
          answered: NaN,
          code: 0,
          answers: 0,
        }),
      );
      return true;
    },
  };
}
