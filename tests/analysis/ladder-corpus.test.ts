/** The ladder of a real call through a session border controller, beside the frames that tshark lists. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ladderOf } from '../../src/analysis/ladder';
import { corpusExpected, describeWithCorpus } from '../build/corpus';
import { viewOf } from './drawn-view';

interface Frame {
  readonly frame: number;
  readonly t: string;
  readonly src: string;
  readonly dst: string;
  readonly methods: readonly string[];
  readonly status: readonly string[];
  readonly call_ids: readonly string[];
  readonly cseq: string;
}

/** A frame that shows again what one between the same ends showed less than 50 ms before: the mirror port saw it twice. */
const isAgain = (frame: Frame, before: readonly Frame[]): boolean =>
  before.some(
    (one) =>
      one.src === frame.src &&
      one.dst === frame.dst &&
      one.cseq === frame.cseq &&
      String(one.methods) === String(frame.methods) &&
      String(one.status) === String(frame.status) &&
      Number(frame.t) - Number(one.t) < 0.05,
  );

describeWithCorpus('captures', (folder) => {
  it('draws every frame of both legs, in order, and folds what was seen twice', async () => {
    const name = 'nDPI__FAX-Call-t38-CA-TDM-SIP-FB-1.pcap';
    const { sip } = corpusExpected(`captures/${name}`) as { readonly sip: { readonly frames: readonly Frame[] } };
    const { view, read } = viewOf({ [name]: new Uint8Array(readFileSync(`${folder}/${name}`)) });
    const { messages } = view.evidence;
    let drawn = 0;
    for (let call = 0; call < view.links.calls.length; call++) {
      const ladder = await ladderOf(view, { kind: 'call', row: call }, read);
      const ids = new Set(ladder.legs.map(({ callId }) => callId));
      const frames = sip.frames.filter(({ call_ids: [id = ''] }) => ids.has(id));
      const wanted = frames.filter((frame, n) => !isAgain(frame, frames.slice(0, n)));
      const place = (lane: number, port: number): string => `${ladder.lanes[lane]!.host}:${port}`;
      const arrows = ladder.messages.map(({ row, from, to, method, status, cseq, time }) =>
        [
          messages.packet[row],
          (time / 1e6).toFixed(6),
          place(from, messages.sourcePort[row]!),
          place(to, messages.targetPort[row]!),
          status || method,
          `${cseq} ${method}`,
        ].join(' '),
      );
      expect(arrows).toEqual(
        wanted.map(({ frame, t, src, dst, methods, status, cseq }) =>
          [frame, Number(t).toFixed(6), src, dst, status[0] ?? methods[0], cseq].join(' '),
        ),
      );
      expect(ladder.messages.reduce((sum, { sightings }) => sum + sightings, 0)).toBe(frames.length);
      drawn += frames.length;
    }
    expect(drawn).toBe(sip.frames.length);
  });
});
