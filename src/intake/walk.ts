/**
 * The unpack loop: sniff, open, list every member, read it, go on. One pass: a chunk goes from the compressed stream
 * through the archive into the reader before the next one is asked for. Nothing here throws for bad bytes.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { nothingRead, type ArtifactKind, type Reader, type Reading, type Told } from '../artifacts/kind';
import { appendRows } from '../evidence/append';
import type { Confidence, Problem, SeenFact, Wants } from '../evidence/evidence';
import type { Builders } from '../evidence/merge';
import type { ProblemCode } from '../evidence/problem-codes';
import { rested } from '../base/rest';
import type { Pool } from '../base/strings';
import { contentClues, noContent, type ContentClues } from '../provenance/provenance';
import { text, type Text, type Values } from '../text/text';
import { collector, gather, peek } from './chunks';
import type { Chunks, Container, ContainerInput, ContainerReport, Member } from './containers/container';
import { decide } from './decide';
import { defaultBudget, firstLookBudget, raisedBudget, type IntakeOrder, type IntakeProgress } from './intake';
import { shownName, streamMember } from './names';
import { createPacker, type Packed, type Packer } from './packed';
import { openShare, type ShareOrder } from './share';
import { openSource, slices } from './source';
import { membersElsewhere } from './stream-elsewhere';
import type { Lend } from './xz-blocks';

/** Sniffers see this much. */
const headSize = 65_536;
/** Endings that promise evidence. */
const misnamed = /\.(?:p?cap(?:ng)?|xz|gz|t[gx]z|tar|zip)$/i;
/** The ratio of a small member says nothing; of a large one a part of what is allowed says enough: logs come to 100 : 1. */
const ratioFrom = 64 * 2 ** 20;
const largeMember = 256 * 2 ** 20;
const largeShare = 5;
const maxProblems = 1000;
const maxFacts = 10_000;
/** Links and odd names told one by one in a container; a system's bundle holds thousands. */
const maxEach = 50;
/** Archives in archives in archives: after so many that were not opened the source is left. */
const maxTooDeep = 500;
const progressEvery = 100;
const nothing = new Blob([]);
/** Of a compressed stream, from which another worker unpacks it. */
const largeStream = 4 * 2 ** 20;
/** A part of the source is cheaper to copy than to point at: the browser keeps a record of each. */
const smallPart = 65_536;

/** Where readers put what they read; absent where only bytes are wanted. */
export interface Tables {
  readonly builders: Builders;
  readonly strings: Pool;
  readonly wants: Wants;
}

export interface Listed {
  readonly parent: number;
  readonly path: string;
  kind: string;
  confidence: Confidence;
  reason: Text;
  reasonValues?: Values;
  bytes: number;
  sha256?: string;
  reading: Reading;
  /** `art.*` of the kind itself. */
  provides: readonly string[];
  content: ContentClues;
}

export interface Walked {
  readonly artifacts: readonly Listed[];
  /** Bytes that lie in the source as they are, or that could not be packed; the others are in `packed`. */
  readonly blobs: readonly (Blob | undefined)[];
  readonly packed?: Packed;
  readonly problems: readonly Problem[];
  readonly facts: readonly SeenFact[];
  readonly sha256: string;
  readonly parseMs: number;
}

/** One file on its way in. */
interface Place {
  readonly parent: number;
  readonly path: string;
  /** How many containers it lies in. */
  readonly depth: number;
  /** The compressed stream that holds nothing else: an archive in it is not named twice, `bundle.tar.xz!/var/log/x`. */
  readonly stream?: string;
  readonly chunks: Chunks;
  readonly atRest?: Blob;
  packed?(): number;
}

/** What one container has shown so far. */
interface Seen {
  readonly names: Set<string>;
  readonly counts: Map<ProblemCode, number>;
}

const texts = {
  empty: text('It is empty.', 'Il est vide.'),
  folder: text('A folder in the archive.', 'Un dossier dans l’archive.'),
  link: text('A link: listed, not followed.', 'Un lien : listé, pas suivi.'),
  other: text('A device or label: listed, not followed.', 'Un périphérique ou libellé : listé, pas suivi.'),
  refused: text('Its bytes could not be read.', 'Ses octets n’ont pas pu être lus.'),
};

export async function walk(
  order: IntakeOrder,
  tables: Tables | undefined,
  onProgress?: (progress: IntakeProgress) => void,
  lend?: Lend,
): Promise<Walked> {
  const {
    blob,
    budget = order.firstLook ? firstLookBudget : order.raised ? raisedBudget : defaultBudget,
    kinds = {},
    columns = {},
    digests = false,
  } = order;
  const artifacts: Listed[] = [];
  const blobs: (Blob | undefined)[] = [];
  let packer: Packer | undefined;
  const problems: Problem[] = [];
  const facts: SeenFact[] = [];
  const problemCounts = new Map<string, number>();
  const problemsAt = new Set<number>();
  /** A limit of the whole source was reached: everything ends. */
  let stopped = false;
  let tooDeep = 0;
  let unpacked = 0;
  let bytesOut = 0;
  let parseMs = 0;
  const started = performance.now();
  let lastProgress = started;

  let reading = order.path;
  const source = await openSource(
    blob,
    { fault: (offset, detail) => tell(0, 'read-failed', offset, detail), read: () => progress(reading) },
    order.sliceSize,
    lend,
  );
  await visit({ parent: -1, path: order.path, depth: 0, chunks: source.chunks(), atRest: blob });
  const digest = await source.finish();
  const root = artifacts[0]!;
  root.bytes = blob.size;
  root.sha256 = digest;
  progress(order.path, true);
  const packed = packer?.finish(artifacts.length);
  return { artifacts, blobs, ...(packed ? { packed } : {}), problems, facts, sha256: digest, parseMs };

  function tell(artifact: number, code: ProblemCode, offset: number, detail = ''): void {
    const key = `${artifact} ${code}`;
    const count = (problemCounts.get(key) ?? 0) + 1;
    problemCounts.set(key, count);
    problemsAt.add(artifact);
    if (count <= maxProblems) problems.push({ artifact, code, offset, detail });
    else if (count === maxProblems + 1) {
      problems.push({ artifact, code: 'limit-reached', offset, detail: `${maxProblems} × ${code}` });
    }
  }

  function progress(path: string, last = false): void {
    reading = path;
    const now = performance.now();
    if (!onProgress || (!last && now - lastProgress < progressEvery)) return;
    lastProgress = now;
    onProgress({ bytesIn: source.taken, bytesOut, path });
  }

  function list(parent: number, path: string): number {
    artifacts.push({
      parent,
      path,
      kind: 'unrecognised',
      confidence: 'hint',
      reason: texts.refused,
      bytes: 0,
      reading: nothingRead,
      provides: [],
      content: noContent,
    });
    blobs.push(undefined);
    return artifacts.length - 1;
  }

  async function visit(place: Place): Promise<void> {
    const index = list(place.parent, place.path);
    const listed = artifacts[index]!;
    progress(place.path);
    const hash = digests && place.parent >= 0 ? sha256.create() : undefined;
    const { head, all } = await peek(metered(place, index, hash), headSize);
    if (head.length === 0) {
      listed.reason = texts.empty;
      if (order.keepBytes && place.parent >= 0) blobs[index] = nothing;
      if (mustHoldBytes(place)) tell(index, 'empty-file', 0);
    } else {
      const { container, kind, confidence, reason, values } = decide(head, place.path, chosen(place.path));
      Object.assign(listed, {
        confidence,
        reason,
        content: contentClues(head),
        ...(values ? { reasonValues: values } : {}),
      });
      if (kind) Object.assign(listed, { kind: kind.id, provides: kind.provides });
      // a picture under the name of a capture holds no evidence that the name promises
      if ((!kind || kind.id === 'image') && !container && chosen(place.path) === undefined) {
        const [extension] = misnamed.exec(place.path) ?? [];
        if (extension) tell(index, 'wrong-type', 0, extension);
      }
      if (container) {
        listed.kind = container.id;
        await openContainer(container, place, index, head, all());
      } else await readLeaf(kind, place, index, all());
    }
    if (hash) listed.sha256 = bytesToHex(hash.digest());
  }

  /** The kind that a person set for a path. */
  function chosen(path: string): string | undefined {
    return Object.hasOwn(kinds, path) ? kinds[path] : undefined;
  }

  /** A member may well be empty; what was dropped, an archive or a capture may not. */
  function mustHoldBytes({ parent, path }: Place): boolean {
    if (parent < 0) return true;
    // nothing came out of a damaged stream: that is told at the stream
    return /\.(xz|gz|t[gx]z|tar|zip|p?cap(ng)?)$/i.test(path) && !problemsAt.has(parent);
  }

  /** Counts, hashes and limits the bytes of one file. */
  async function* metered(
    place: Place,
    index: number,
    hash: { update(bytes: Uint8Array): unknown } | undefined,
  ): AsyncGenerator<Uint8Array> {
    const listed = artifacts[index]!;
    const over = (detail: string): void => tell(index, 'budget-reached', listed.bytes, detail);
    for await (const chunk of place.chunks) {
      if (stopped) return;
      const room = place.parent < 0 ? Infinity : budget.maxEntry - listed.bytes;
      const part = chunk.length > room ? chunk.subarray(0, room) : chunk;
      listed.bytes += part.length;
      hash?.update(part);
      yield part;
      await rested();
      if (performance.now() - started > budget.maxSeconds * 1000) {
        stopped = true;
        return over(`${budget.maxSeconds} s`);
      }
      if (part.length < chunk.length) return over(`${budget.maxEntry} bytes in one member`);
      if (!place.packed) continue;
      unpacked += part.length;
      if (unpacked > budget.maxOut) {
        stopped = true;
        return over(`${budget.maxOut} bytes unpacked`);
      }
      const ratio = listed.bytes > largeMember ? budget.maxRatio / largeShare : budget.maxRatio;
      if (listed.bytes > ratioFrom && listed.bytes > ratio * place.packed()) return over(`${ratio} : 1`);
    }
  }

  async function openContainer(
    container: Container,
    place: Place,
    index: number,
    head: Uint8Array,
    bytes: AsyncGenerator<Uint8Array>,
  ): Promise<void> {
    const inside = container.stream || place.stream === undefined ? place.depth + 1 : place.depth;
    if (inside > budget.maxDepth) tellTooDeep(index);
    else {
      let begun = false;
      // the container may stop early; the rest is read on for its digest and for faults that come later
      const shielded = (): Chunks => {
        begun = true;
        return { [Symbol.asyncIterator]: () => ({ next: () => bytes.next() }) };
      };
      const seen: Seen = { names: new Set(), counts: new Map() };
      const input = {
        path: place.path,
        head,
        chunks: shielded,
        blob: async () => place.atRest ?? (await gather(shielded())),
        ...(place.atRest ? { atRest: place.atRest } : {}),
        ...(lend ? { lend } : {}),
      };
      const report: ContainerReport = { problem: (code, offset, detail) => tell(index, code, offset, detail) };
      try {
        const members = (await handedOver(container, place, input, report)) ?? container.members(input, report);
        for await (const member of members) {
          if (artifacts.length > budget.maxEntries) {
            stopped = true;
            tell(index, 'budget-reached', 0, `${budget.maxEntries} members`);
          }
          if (stopped) break;
          await takeMember(member, container, place, index, inside, seen);
          if (stopped) break;
        }
      } catch (error) {
        tell(index, 'reader-failed', artifacts[index]!.bytes, `${container.id}: ${String(error)}`);
      }
      for (const [code, count] of seen.counts) {
        if (count > maxEach) tell(index, code, 0, `${count - maxEach} more`);
      }
      while ((begun || digests) && !stopped && !(await bytes.next()).done);
    }
    if (place.atRest) artifacts[index]!.bytes = place.atRest.size;
    if (!(digests && inside > budget.maxDepth)) await bytes.return(undefined);
    else while (!(await bytes.next()).done);
  }

  /** A large dropped stream is unpacked by another worker, where one has time. */
  async function handedOver(
    container: Container,
    { parent, atRest }: Place,
    input: ContainerInput,
    report: ContainerReport,
  ): Promise<AsyncIterable<Member> | undefined> {
    if (!container.stream || parent >= 0 || !atRest) return undefined;
    source.handTo(undefined);
    const isLarge = atRest.size > largeStream && order.sliceSize === undefined;
    if (!lend || !isLarge || (await container.splits?.(atRest))) return undefined;
    return membersElsewhere(container, { ...input, atRest }, report, lend, source.handTo);
  }

  function tellTooDeep(index: number): void {
    const detail = `${budget.maxDepth} containers in one another`;
    tell(index, 'budget-reached', 0, detail);
    if (++tooDeep <= maxTooDeep) return;
    stopped = true;
    tell(0, 'budget-reached', 0, `${maxTooDeep} × ${detail}`);
  }

  async function takeMember(
    member: Member,
    container: Container,
    place: Place,
    parent: number,
    depth: number,
    seen: Seen,
  ): Promise<void> {
    const shown = container.stream
      ? { name: streamMember(place.path), odd: [] }
      : shownName(member.name, budget.maxPath);
    const path = `${container.stream ? place.path : (place.stream ?? place.path)}!/${shown.name}`;
    const odd = [...shown.odd];
    if (seen.names.has(path) && member.type !== 'folder') odd.push('duplicate');
    seen.names.add(path);
    const index = artifacts.length;
    if (member.type === 'file' && !member.fault) {
      const { offset = 0, length = 0 } = member.lies ?? {};
      const lies = length > smallPart ? place.atRest : undefined;
      await visit({
        parent,
        path,
        depth,
        ...(container.stream ? { stream: place.path } : {}),
        chunks: member.chunks(),
        ...(lies ? { atRest: lies.slice(offset, offset + length) } : {}),
        ...(member.packed ? { packed: () => member.packed!() } : {}),
      });
    } else {
      const listed = artifacts[list(parent, path)]!;
      listed.bytes = member.bytes ?? 0;
      if (member.type !== 'file') {
        listed.kind = member.type;
        listed.confidence = 'certain';
        listed.reason = texts[member.type];
      }
      if (member.fault) tell(index, member.fault.code, 0, member.fault.detail);
      else if (member.type !== 'folder') tellSome(seen, index, 'not-followed', member.target ?? '');
    }
    if (odd.length > 0) tellSome(seen, index, 'odd-name', odd.join(', '));
  }

  function tellSome({ counts }: Seen, index: number, code: ProblemCode, detail: string): void {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    if (count <= maxEach) tell(index, code, 0, detail);
  }

  async function readLeaf(
    kind: ArtifactKind | undefined,
    place: Place,
    index: number,
    bytes: AsyncGenerator<Uint8Array>,
  ): Promise<void> {
    const keeping = order.keepBytes && place.parent >= 0 && !place.atRest;
    if (keeping) packer ??= await createPacker();
    const keep = keeping ? (packer ?? collector()) : undefined;
    packer?.begin();
    let offset = 0;
    const failed = (error: unknown): void => tell(index, 'reader-failed', offset, `${kind?.id}: ${String(error)}`);
    const guarded = <Result>(act: () => Result): Result | undefined => {
      const start = performance.now();
      try {
        return act();
      } catch (error) {
        failed(error);
        return undefined;
      } finally {
        parseMs += performance.now() - start;
      }
    };
    const share = kind?.shared && tables && place.parent < 0 ? shareOf(kind, tables, place.path) : undefined;
    const isShared = share !== undefined && (await source.share(share));
    const reader = kind && tables ? guarded(() => open(kind, tables, place.path, index, isShared)) : undefined;
    let reading = reader !== undefined;
    for await (const chunk of bytes) {
      keep?.add(chunk);
      if (reader && reading) {
        reading =
          guarded(() => {
            reader.push(chunk);
            return true;
          }) === true;
      }
      offset += chunk.length;
      bytesOut += chunk.length;
      progress(place.path);
    }
    const told = isShared && tables ? await otherShare(share, tables, index, offset) : undefined;
    // what was read before a fault is kept, so its reader ends in any case
    const end = reader && guarded(() => reader.end(told));
    if (end) artifacts[index]!.reading = end;
    if (order.keepBytes && place.parent >= 0 && place.atRest) blobs[index] = place.atRest;
    else if (keep && 'blob' in keep) blobs[index] = keep.blob();
    else keep?.end(index);
  }

  /** What the other worker read, put into the tables; read here where it came to no end. */
  async function otherShare(
    order: ShareOrder,
    { builders, strings }: Tables,
    index: number,
    length: number,
  ): Promise<Told | undefined> {
    try {
      let result = await source.shared();
      if (!result) {
        const again = openShare(order);
        for await (const chunk of slices(blob.slice(0, length))) {
          again.push(chunk);
          progress(order.path);
        }
        ({ result } = again.end());
      }
      appendRows(builders, strings, result.rows, index);
      return result.told;
    } catch (error) {
      tell(index, 'reader-failed', 0, `${order.kind}: ${String(error)}`);
      return undefined;
    }
  }

  function shareOf(kind: ArtifactKind, { wants }: Tables, path: string): ShareOrder {
    return { kind: kind.id, path, wants };
  }

  function open(
    kind: ArtifactKind,
    { builders, strings, wants }: Tables,
    path: string,
    artifact: number,
    isShared: boolean,
  ): Reader {
    return kind.open({
      ...(isShared ? { share: 'leading' as const } : {}),
      tables: builders,
      strings,
      artifact,
      path,
      wants,
      ...(Object.hasOwn(columns, kind.id) ? { mapping: new Map(Object.entries(columns[kind.id]!)) } : {}),
      problem: (code, offset, detail) => tell(artifact, code, offset, detail),
      fact: (key, value, offset, length) => {
        if (facts.length < maxFacts) facts.push({ artifact, key, value, offset, length });
      },
    });
  }
}
