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
  readonly file: number;
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
    let room = maxPackets;
    for (const group of crossing(files)) {
      room -= group.length;
      if (room < 0) break;
      const packets: EdgePacket[] = [];
      for (const { file, holding, row } of group) packets.push(await packetOf(file, holding, row));
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
  }
  if (settled.length === 0) return undefined;
  const source = { sha256: '', name: '', bytes: 0 };
  const tables = sealTables(builders);
  return {
    holding: hold({ source, artifacts: [], tables, strings: strings.seal(), problems: [], facts: [] }),
    settled,
  };

  async function packetOf(file: number, holding: Holding, row: number): Promise<EdgePacket> {
    const { edges } = holding.tables;
    const [offset, size] = [edges.offset[row]!, edges.size[row]!];
    return {
      artifact: file,
      time: edges.time[row]!,
      offset,
      wire: edges.wire[row]!,
      number: edges.number[row]!,
      link: edges.link[row]!,
      bytes: await read(holding, artifacts[file]!.local, offset, size),
    };
  }

  /**
   * What goes together: of each direction or datagram the packets that end a file, and those that begin the next; the one
   * behind that as well where nothing ended in between.
   */
  function crossing(files: readonly number[]): (readonly Row[])[] {
    const groups: Row[][] = [];
    let open = new Map<number, Row[]>();
    for (const file of files) {
      const starting = byFlow(file, edgePlaces.start);
      const ending = byFlow(file, edgePlaces.end);
      for (const [flow, rows] of starting) open.get(flow)?.push(...rows);
      // its own beginning is that of another message
      for (const flow of ending.keys()) close(flow);
      open = new Map([...open, ...ending]);
    }
    for (const flow of open.keys()) close(flow);
    return groups;

    function close(flow: number): void {
      const rows = open.get(flow);
      if (rows && new Set(rows.map(({ file }) => file)).size > 1) groups.push(rows);
    }
  }

  function byFlow(file: number, place: number): Map<number, Row[]> {
    const flows = new Map<number, Row[]>();
    for (const one of edgesOf(file)) {
      const { edges } = one.holding.tables;
      if ((edges.place[one.row]! & place) === 0) continue;
      const own = flows.get(edges.flow[one.row]!);
      if (own) own.push(one);
      else flows.set(edges.flow[one.row]!, [one]);
    }
    return flows;
  }

  function edgesOf(file: number): Row[] {
    const { holding, local } = artifacts[file]!;
    const { edges } = holding.tables;
    const base = holding.base.artifact ?? 0;
    const rows: Row[] = [];
    for (let row = 0; row < edges.length; row++)
      if (edges.artifact[row]! - base === local) rows.push({ file, holding, row });
    return rows;
  }
}
