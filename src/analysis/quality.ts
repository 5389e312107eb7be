/** The worst that media of a call came to, for the list: loss, jitter and estimate of its worst stream. */
import { estimate } from '../evidence/mos';
import type { CallQuality } from './desk';
import { per } from './per';
import type { View } from './view';

const known = per((_: View) => new Map<number, CallQuality | undefined>());

/** Undefined where no media of the call was seen. Computed when asked: a list of 100 000 calls asks for those in sight. */
export function qualityOf(view: View, call: number): CallQuality | undefined {
  const cache = known(view);
  if (!cache.has(call)) cache.set(call, worst(view, call));
  return cache.get(call);
}

function worst({ evidence, links }: View, call: number): CallQuality | undefined {
  const { streams, strings } = evidence;
  const rows = links.callStreams(call);
  if (rows.length === 0) return undefined;
  let [loss, jitter, mos] = [0, NaN, NaN];
  const codecs = new Set<string>();
  for (const row of rows) {
    const [packets, lost] = [streams.packets[row]!, streams.lost[row]!];
    const codec = strings.text(streams.codec[row]!);
    if (codec) codecs.add(codec.replace(/\/.*$/, ''));
    loss = Math.max(loss, packets + lost === 0 ? 0 : lost / (packets + lost));
    jitter = Number.isNaN(jitter) ? streams.jitter[row]! : Math.max(jitter, streams.jitter[row]! || 0);
    const value = estimate(codec, packets, lost, streams.gaps[row]!, streams.jitter[row]!)?.mos ?? NaN;
    mos = Number.isNaN(mos) ? value : Math.min(mos, Number.isNaN(value) ? mos : value);
  }
  return { streams: rows.length, loss, jitter, mos, codecs: [...codecs].join(' ') };
}
