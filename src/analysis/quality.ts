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

/** `PCMA G722` of a call; of a list of 100 000 all may be asked for. */
export function codecsOf(view: View, call: number): string {
  const { streams } = view.evidence;
  const rows = view.links.callStreams(call);
  const nameOf = codecNames(view);
  let all = '';
  for (let n = 0; n < rows.length; n++) {
    const codec = streams.codec[rows[n]!]!;
    if (n > 0 && codec === streams.codec[rows[n - 1]!]) continue;
    const name = nameOf(codec);
    if (name !== '' && !all.split(' ').includes(name)) all = all === '' ? name : `${all} ${name}`;
  }
  return all;
}

const codecNames = per(({ evidence: { strings } }: View) => {
  const names = new Map<number, string>();
  return (codec: number): string => {
    let name = names.get(codec);
    if (name === undefined) names.set(codec, (name = strings.text(codec).replace(/\/.*$/, '')));
    return name;
  };
});

function worst(view: View, call: number): CallQuality | undefined {
  const { evidence, links } = view;
  const { streams, strings } = evidence;
  const rows = links.callStreams(call);
  if (rows.length === 0) return undefined;
  let [loss, jitter, mos] = [0, NaN, NaN];
  for (const row of rows) {
    const [packets, lost] = [streams.packets[row]!, streams.lost[row]!];
    const codec = strings.text(streams.codec[row]!);
    loss = Math.max(loss, packets + lost === 0 ? 0 : lost / (packets + lost));
    jitter = Number.isNaN(jitter) ? streams.jitter[row]! : Math.max(jitter, streams.jitter[row]! || 0);
    const value = estimate(codec, packets, lost, streams.gaps[row]!, streams.jitter[row]!)?.mos ?? NaN;
    mos = Number.isNaN(mos) ? value : Math.min(mos, Number.isNaN(value) ? mos : value);
  }
  return { streams: rows.length, loss, jitter, mos, codecs: codecsOf(view, call) };
}
