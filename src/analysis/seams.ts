/** Joins the files of a rotated capture: what the packets at their edges hold together. */
import { createBytePool } from '../base/byte-pool';
import { readSeam, type EdgePacket } from '../artifacts/capture/seam-reader';
import type { Sink } from '../artifacts/kind';
import { createBuilders, hold, inOrder, sealTables, type Holding } from '../evidence/merge';
import { captureSets } from '../evidence/rotated';
import { edgePlaces } from '../evidence/schema';
import type { Settled } from '../evidence/seams';
import type { Wants } from '../evidence/evidence';

/** Packets of one rotated capture that are read again. */
const maxPackets = 8192;

export interface Seams {
  /** Its rows name artifacts as the evidence of the same holdings does. */
  readonly holding: Holding;
  readonly settled: readonly Settled[];
}

/** A packet of `edges`. */
interface Row {
  readonly holding: Holding;
  readonly row: number;
}

export async function joinSeams(
  holdings: readonly Holding[],
  wants: Wants,
  read: (holding: Holding, local: number, offset: number, length: number) => Promise<Uint8Array>,
): Promise<Seams | undefined> {
  const sorted = inOrder(holdings);
  const artifacts = sorted.flatMap((holding) =>
    holding.artifacts.map((artifact, local) => ({ ...artifact, holding, local })),
  );
  const builders = createBuilders();
  const strings = createBytePool();
  const settled: Settled[] = [];
  for (const set of captureSets(artifacts)) {
    const files = [...set].sort((a, b) => (artifacts[a]!.first || 0) - (artifacts[b]!.first || 0) || a - b);
    const packets: EdgePacket[] = [];
    for (const { file, holding, row } of crossing(files)) {
      const { edges } = holding.tables;
      packets.push({
        artifact: file,
        time: edges.time[row]!,
        offset: edges.offset[row]!,
        wire: edges.wire[row]!,
        number: edges.number[row]!,
        link: edges.link[row]!,
        bytes: await read(holding, artifacts[file]!.local, edges.offset[row]!, edges.size[row]!),
      });
    }
    if (packets.length === 0) continue;
    const sink: Sink = {
      tables: builders,
      strings,
      artifact: files[0]!,
      path: artifacts[files[0]!]!.path,
      wants,
      problem: () => undefined,
      fact: () => undefined,
    };
    for (const { artifact, number, offset, bytes } of readSeam(packets, sink)) {
      settled.push({ artifact, number, from: offset, to: offset + bytes.length });
    }
  }
  if (settled.length === 0) return undefined;
  const source = { sha256: '', name: '', bytes: 0 };
  const tables = sealTables(builders);
  return {
    holding: hold({ source, artifacts: [], tables, strings: strings.seal(), problems: [], facts: [] }),
    settled,
  };

  /** The packets of what ends one file and begins a later one, in the order of the files. */
  function crossing(files: readonly number[]): (Row & { readonly file: number })[] {
    const flows = new Map<number, { ended: boolean; crosses: boolean }>();
    const rows = files.flatMap((file) => edgesOf(file).map((one) => ({ ...one, file })));
    let at = 0;
    for (const file of files) {
      const from = at;
      while (at < rows.length && rows[at]!.file === file) at++;
      const own = rows.slice(from, at);
      for (const { holding, row } of own) {
        const { flow, place } = holding.tables.edges;
        const known = flows.get(flow[row]!);
        if (known?.ended && (place[row]! & edgePlaces.start) !== 0) known.crosses = true;
      }
      for (const { holding, row } of own) {
        const { flow, place } = holding.tables.edges;
        if ((place[row]! & edgePlaces.end) === 0) continue;
        const known = flows.get(flow[row]!);
        if (known) known.ended = true;
        else flows.set(flow[row]!, { ended: true, crosses: false });
      }
    }
    return rows.filter(({ holding, row }) => flows.get(holding.tables.edges.flow[row]!)?.crosses).slice(0, maxPackets);
  }

  function edgesOf(file: number): Row[] {
    const { holding, local } = artifacts[file]!;
    const { edges } = holding.tables;
    const base = holding.base.artifact ?? 0;
    const rows: Row[] = [];
    for (let row = 0; row < edges.length; row++) if (edges.artifact[row]! - base === local) rows.push({ holding, row });
    return rows;
  }
}
