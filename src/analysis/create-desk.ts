/**
 * The desk at work. Each change marks what is out of date; the next question recomputes just that:
 *
 *   harvests → evidence → facts → clock → links → findings → view
 */
import { assert } from '../base/assert';
import { createBytePool } from '../base/byte-pool';
import { createClock } from '../evidence/clock';
import type { Evidence, Harvest, Source, Wants } from '../evidence/evidence';
import { exclude } from '../evidence/exclude';
import { link } from '../evidence/link';
import { harvestOf, hold, mergeHeld, type Holding } from '../evidence/merge';
import { withoutSettled } from '../evidence/seams';
import { zoneOffset, type Declared } from '../facts/facts';
import { withReportOrder } from '../facts/report-order';
import { clockSettings, resolveFacts, sameHosts } from '../facts/resolve';
import { contentOf, type Content, type Packed, type PackedPart } from '../intake/packed';
import { unpack } from '../intake/run';
import { missingFor } from '../provenance/needs';
import { evaluate, type Finding, type Registered } from '../rules/evaluate';
import type { Need } from '../rules/rule';
import { noNotes } from '../session/no-notes';
import type { Notes } from '../session/notes';
import type { SessionRow, Store } from '../session/store';
import { writeBundle } from '../session/bundle';
import { describeCalls, selectCalls } from './calls';
import type { ArtifactView, CaseState, Desk } from './desk';
import { captureOf } from './export-capture';
import { histogram } from './histogram';
import { kindNames } from './kinds';
import { ladderOf } from './ladder';
import { hostRoles } from './lanes';
import { describeLines, selectLines } from './lines';
import { locate } from './locate';
import { messageDetail } from './message';
import { describeRegistrations, selectRegistrations } from './registrations';
import { describePeers, describeSubscriptions } from './peers';
import { joinSeams, type Seams } from './seams';
import { describeStreams } from './streams';
import { layoutOf } from './layout';
import { searchables } from './searchables';
import { diffPeople, diffSummary } from './user-diff';
import { describeUsers, selectUsers, userSummary, warmUsers } from './users';
import type { View } from './view';
import { withProvenance } from './with-provenance';

/** Strings of the evidence that stay made once they were read. */
const textsKept = 2 ** 20;

const nothingWanted: Wants = { headers: [], patterns: [] };

/** One source as the desk holds it. */
interface Held {
  readonly holding: Holding;
  readonly original: Blob;
  /** Unpacked bytes by artifact of the harvest; asked for again after a session was reopened. */
  content: Promise<Content> | undefined;
}

export interface DeskOptions {
  readonly rules: readonly Registered[];
  /** IANA name of the computer's zone, the last resort for text without one. */
  readonly computerZone: string;
  /** What readers kept; the desk reads once more what crosses from one file of a rotated capture into the next. */
  readonly wants?: Wants;
  /** Undefined: memory only. */
  readonly store?: Store;
  /** Takes the writer's lock of a session; gives undefined where another tab holds it, else how to let it go. */
  readonly lock?: (session: string) => Promise<(() => void) | undefined>;
  /** Sessions that some tab has open, for sweeping away what unfinished imports left; undefined where unknown. */
  readonly held?: () => Promise<ReadonlySet<string> | undefined>;
  /** Harvests that are added belong to the desk alone: their memory is given back as soon as they are joined. */
  readonly owns?: boolean;
  /** What stored sources must have been read with (`readerMark`); others are to be read again. */
  readonly mark?: string;
  readonly now?: () => number;
  readonly newId?: () => string;
}

/** The desk as seen from its own side of the worker. */
export interface LocalDesk extends Desk {
  /** Takes what intake read; `blobs` and `packed` hold the unpacked bytes by artifact of each harvest, where kept. */
  add(
    harvests: readonly Harvest[],
    originals: readonly Blob[],
    blobs: readonly (readonly (Blob | undefined)[])[],
    packed?: readonly (Packed | undefined)[],
  ): Promise<CaseState>;
  /**
   * Shows the beginning of a large file, read as if the file ended there, until the whole comes by `add` under the same
   * name. No rule judges it: findings stay those of before.
   */
  firstLook(
    harvest: Harvest,
    original: Blob,
    blobs: readonly (Blob | undefined)[],
    packed?: Packed,
  ): Promise<CaseState>;
  /** Everything derived, up to date. */
  view(): View;
}

export function createDesk(options: DeskOptions): LocalDesk {
  const { rules, wants = nothingWanted, store, mark = '', now = Date.now, newId = () => crypto.randomUUID() } = options;
  let held = new Map<string, Held>();
  /** Sources of the open session that were stored by other readers; they wait for being read again. */
  let unread = new Map<string, { readonly source: Source; readonly original: Blob }>();
  /** Beginnings of files that are still being read, by name. */
  const firstLooks = new Map<string, Held>();
  /** What crosses from one file of a rotated capture into the next. */
  let seams: Seams | undefined;
  let pool = createBytePool(textsKept);
  let declared: Declared = {};
  let notes: Notes = noNotes;
  let revision = 0;
  let session:
    { id: string; readOnly: boolean; created: number; stored: number | undefined; release?: () => void } | undefined;
  let current: { view: View; whole: Evidence; state: CaseState } | undefined;
  let evidence: Evidence | undefined;
  /** Of the last time without first looks. */
  let judged: Finding[] = [];

  const swept = (async () => {
    const open = await options.held?.();
    if (store && open) await store.sweep(open);
  })().catch(() => undefined);

  const stale = (what: 'evidence' | 'facts'): void => {
    revision++;
    current = undefined;
    if (what === 'evidence') evidence = undefined;
  };

  function compute(): { view: View; whole: Evidence; state: CaseState } {
    if (current) return current;
    evidence ??= withoutSettled(
      mergeHeld(
        [...held.values(), ...firstLooks.values()].map(({ holding }) => holding),
        pool,
        options.owns,
        seams?.holding,
      ),
      seams?.settled ?? [],
    );
    const whole = withProvenance(evidence, notes.provenance);
    const left = leftOut(whole, notes.excluded);
    const kept = exclude(whole, left);
    const facts = resolveFacts(kept, declared);
    const used = withReportOrder(kept, facts);
    const clock = createClock(used, clockSettings(facts, options.computerZone), zoneOffset);
    const links = link(used, clock, sameHosts(facts), notes.legs, facts.correlationHeaders?.value);
    const provided = new Set(whole.artifacts.flatMap((artifact, index) => (left.has(index) ? [] : artifact.provides)));
    if (firstLooks.size === 0) {
      judged = evaluate(
        rules,
        { evidence: used, clock, links, facts },
        { provided, met: metNeeds(used, left), missingFor: (need) => missingFor(need, facts) },
      );
    }
    pool.rest();
    const view: View = { evidence: used, clock, links, facts, findings: judged, notes };
    return (current = { view, whole, state: stateOf(view, left, provided) });
  }

  function stateOf(view: View, left: ReadonlySet<number>, provided: ReadonlySet<string>): CaseState {
    const { evidence: used, clock, links, facts, findings } = view;
    const problemCount = new Map<number, number>();
    for (const { artifact } of used.problems) problemCount.set(artifact, (problemCount.get(artifact) ?? 0) + 1);
    const nextPiece = mostWanted(findings, provided);
    return {
      revision,
      ...(session ? { session: { id: session.id, readOnly: session.readOnly } } : {}),
      sources: used.sources,
      ...(unread.size > 0 ? { unread: [...unread.values()].map(({ source }) => source) } : {}),
      artifacts: used.artifacts.map((artifact, index): ArtifactView => {
        const { from, to } = clock.span(index);
        return {
          ...artifact,
          source: used.sourceOf[index]!,
          clockOf: clock.zones[index]!,
          from,
          to,
          problemCount: problemCount.get(index) ?? 0,
          excluded: left.has(index),
        };
      }),
      problems: used.problems,
      facts,
      declared,
      findings: findings.map(lighter),
      provided: [...provided].sort(),
      ...(nextPiece === undefined ? {} : { nextPiece }),
      zone: clock.display,
      counts: {
        calls: links.calls.length,
        registrations: links.registrations.length,
        messages: used.messages.length,
        lines: used.lines.length,
        users: used.users.length,
        events: used.events.length,
      },
      notes,
      hosts: hostsSeen(view),
    };
  }

  function rowOf(created: number): SessionRow {
    const found: Record<string, number> = {};
    for (const finding of compute().state.findings) {
      if (finding.outcome === 'found' && finding.under === undefined) {
        found[finding.severity] = (found[finding.severity] ?? 0) + 1;
      }
    }
    return {
      id: session!.id,
      title: notes.title,
      first: [...compute().state.sources, ...[...unread.values()].map(({ source }) => source)][0]?.name ?? '',
      created,
      changed: now(),
      bytes: [...held.values(), ...unread.values()].reduce((sum, { original }) => sum + original.size, 0),
      found,
      revision: (session!.stored ?? 0) + 1,
      sources: [...held.keys(), ...unread.keys()],
      declared,
      notes,
    };
  }

  /** Writes the session row; a tab that lost its place becomes read-only instead of overwriting. */
  async function save(): Promise<void> {
    if (!store || !session || session.readOnly) return;
    const row = rowOf(session.created);
    if (await store.commit(row, session.stored)) session.stored = row.revision;
    else session.readOnly = true;
  }

  async function keepPart(sha256: string): Promise<void> {
    if (!store || !session || session.readOnly) return;
    const { holding, original } = held.get(sha256)!;
    await store.putPart({ session: session.id, sha256, harvest: harvestOf(holding, pool), original, mark });
  }

  const originals = (): { readonly source: Source; readonly original: Blob }[] => [
    ...[...held.values()].map(({ holding, original }) => ({ source: holding.source, original })),
    ...unread.values(),
  ];

  const letGo = (): void => {
    session?.release?.();
    session = undefined;
  };

  const clear = (): void => {
    held = new Map();
    unread = new Map();
    firstLooks.clear();
    seams = undefined;
    pool = createBytePool(textsKept);
    declared = {};
    notes = noNotes;
  };

  const shut = (): void => {
    letGo();
    clear();
    stale('evidence');
  };

  async function changed(what: 'evidence' | 'facts'): Promise<CaseState> {
    stale(what);
    const { state } = compute();
    await save();
    return session ? (current!.state = { ...state, session: { id: session.id, readOnly: session.readOnly } }) : state;
  }

  /** What is not kept has changed. */
  function shown(): Promise<CaseState> {
    stale('evidence');
    return Promise.resolve(compute().state);
  }

  /** Findings are to follow what a person says at once. */
  function endLooks(): void {
    if (firstLooks.size > 0) stale('evidence');
    firstLooks.clear();
  }

  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: a commit names the revision of the one before it. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }
  /** A change that could not be stored did not happen here either. */
  const change = (work: () => Promise<CaseState>): Promise<CaseState> =>
    inTurn(async () => {
      const before = { held: new Map(held), unread: new Map(unread), seams, declared, notes, session };
      try {
        return await work();
      } catch (error) {
        ({ held, unread, seams, declared, notes, session } = before);
        firstLooks.clear();
        stale('evidence');
        throw error;
      }
    });

  /** Where an artifact of the evidence lies: the source itself, or a member of it. */
  async function contentAt(artifact: number): Promise<Blob | { readonly content: Content; readonly local: number }> {
    const { whole } = compute();
    const record = whole.artifacts[artifact];
    assert(record, `artifact ${artifact}`);
    const source = whole.sources[whole.sourceOf[artifact]!]!;
    const entry = source.firstLook ? firstLooks.get(source.name)! : held.get(source.sha256)!;
    if (record.parent < 0) return entry.original;
    return { content: await unpacked(entry), local: artifact - whole.sourceOf.indexOf(whole.sourceOf[artifact]!) };
  }
  function unpacked(entry: Held): Promise<Content> {
    const { name } = entry.holding.source;
    return (entry.content ??= unpack({
      path: name,
      blob: entry.original,
      kinds: notes.kinds,
      raised: notes.raised.includes(name),
    }).then(({ blobs, packed }) => contentOf(blobs, packed)));
  }
  async function findSeams(): Promise<Seams | undefined> {
    const named = declared.correlationHeaders ?? [];
    const entries = new Map([...held.values()].map((entry) => [entry.holding, entry]));
    return joinSeams(
      [...entries.keys()],
      { ...wants, headers: [...new Set([...wants.headers, ...named.map((name) => name.toLowerCase())])] },
      async (holding, local, offset, length) => {
        const entry = entries.get(holding)!;
        return holding.artifacts[local]!.parent < 0
          ? new Uint8Array(await entry.original.slice(offset, offset + length).arrayBuffer())
          : ((await (await unpacked(entry)).bytes(local, offset, length)) ?? new Uint8Array(0));
      },
    );
  }
  async function blobOf(artifact: number): Promise<Blob> {
    const found = await contentAt(artifact);
    return found instanceof Blob ? found : ((await found.content.blob(found.local)) ?? new Blob([]));
  }
  async function partOf(artifact: number, block: number): Promise<PackedPart | undefined> {
    const found = await contentAt(artifact);
    return found instanceof Blob ? undefined : found.content.part(found.local, block);
  }
  async function bytes(artifact: number, offset: number, length: number): Promise<Uint8Array> {
    const found = await contentAt(artifact);
    return found instanceof Blob
      ? new Uint8Array(await found.slice(offset, offset + length).arrayBuffer())
      : ((await found.content.bytes(found.local, offset, length)) ?? new Uint8Array(0));
  }

  return {
    view: () => compute().view,
    state: () => Promise.resolve(compute().state),

    add: (harvests, originals, blobs, packed = []) =>
      change(async () => {
        const isFirst = held.size === 0;
        for (const [n, harvest] of harvests.entries()) {
          const { sha256 } = harvest.source;
          const known = held.get(sha256) ?? unread.get(sha256);
          const source = known && ('holding' in known ? known.holding.source : known.source);
          unread.delete(sha256);
          firstLooks.delete(harvest.source.name);
          held.set(sha256, {
            holding: hold(source ? { ...harvest, source: withAlias(source, harvest.source.name) } : harvest),
            original: known?.original ?? originals[n]!,
            content: kept(blobs[n], packed[n]),
          });
          await keepPart(sha256);
        }
        // the strings of first looks alone: all of them come again
        if (isFirst && firstLooks.size === 0) pool = createBytePool(textsKept);
        seams = await findSeams();
        const state = await changed('evidence');
        warm(compute().view);
        return state;
      }),
    firstLook: (harvest, original, blobs, packed) =>
      change(() => {
        const { name } = harvest.source;
        // that it ends early is known
        const holding = hold({ ...harvest, source: { ...harvest.source, firstLook: true }, problems: [] });
        firstLooks.set(name, { holding, original, content: kept(blobs, packed) });
        return shown();
      }),
    endFirstLook: (name) => change(() => (firstLooks.delete(name) ? shown() : Promise.resolve(compute().state))),
    alias: (sha256, name) =>
      change(async () => {
        const known = held.get(sha256);
        if (!known) return compute().state;
        // one of its own: where this change fails, the one before it must still fit the evidence
        const source = withAlias(known.holding.source, name);
        held.set(sha256, { ...known, holding: { ...known.holding, source } });
        await keepPart(sha256);
        return changed('evidence');
      }),
    remove: (sha256) =>
      change(async () => {
        held.delete(sha256);
        unread.delete(sha256);
        seams = await findSeams();
        return changed('evidence');
      }),
    declare: (facts) =>
      change(() => {
        endLooks();
        const next: Record<string, unknown> = { ...declared, ...facts };
        for (const [id, value] of Object.entries(next)) if (value === undefined) delete next[id];
        declared = next as Declared;
        return changed('facts');
      }),
    note: (more) =>
      change(() => {
        if (more.excluded ?? more.provenance ?? more.legs) endLooks();
        notes = { ...notes, ...more };
        return changed('facts');
      }),

    calls: (query) => Promise.resolve(selectCalls(compute().view, query)),
    callRows: (rows) => Promise.resolve(describeCalls(compute().view, rows)),
    registrations: (query) => Promise.resolve(selectRegistrations(compute().view, query)),
    registrationRows: (rows) => Promise.resolve(describeRegistrations(compute().view, rows)),
    ladder: async (of) => ladderOf(compute().view, of, bytes),
    peers: () => Promise.resolve(describePeers(compute().view)),
    subscriptions: () => Promise.resolve(describeSubscriptions(compute().view)),
    streams: (call) => Promise.resolve(describeStreams(compute().view, call)),
    message: (row) => messageDetail(compute().view, row, bytes),
    capture: (of) => captureOf(compute().view, of, bytes),
    users: (query) => Promise.resolve(selectUsers(compute().view, query)),
    userRows: (rows) => Promise.resolve(describeUsers(compute().view, rows)),
    userSummary: () => Promise.resolve(userSummary(compute().view)),
    reportDiff: (older, newer) => Promise.resolve(diffSummary(compute().view, older, newer)),
    diffPeople: (older, newer, part) => Promise.resolve(diffPeople(compute().view, older, newer, part)),
    layout: (artifact) => layoutOf(compute().view, artifact, bytes),
    lines: async (query) => selectLines(compute().view, query, bytes),
    lineRows: (rows) => describeLines(compute().view, rows, bytes),
    histogram: async (query, buckets) => histogram(compute().view, query, buckets, bytes),
    kinds: () => Promise.resolve(kindNames()),
    locate: (at) => Promise.resolve(locate(compute().view, at)),
    searchables: () => Promise.resolve(searchables(compute().view)),
    searchFiles: (files) =>
      Promise.all(
        files.map(async (file) => ({
          ...file,
          content: (file.spans ? undefined : await partOf(file.artifact, 0)) ?? (await blobOf(file.artifact)),
        })),
      ),
    searchPart: partOf,
    bytes,
    blob: blobOf,

    async storage() {
      return store ? store.storage() : { available: false, reason: 'memory only' };
    },
    sessions: async () => (store ? store.list() : []),
    keep: () =>
      change(async () => {
        if (!store || session) return compute().state;
        await swept;
        const id = newId();
        session = { id, readOnly: false, created: now(), stored: undefined, ...(await locked(id)) };
        const { release } = session;
        try {
          for (const sha256 of held.keys()) await keepPart(sha256);
          return await changed('facts');
        } catch (error) {
          release?.();
          await store.remove(id).catch(() => 0);
          throw error;
        }
      }),
    open: (id) =>
      inTurn(async () => {
        // the lock first: what is read before it may be stale
        const own = session?.id === id ? session.release : undefined;
        const lock = own ? { release: own } : await locked(id);
        const found = await store?.read(id).catch(() => undefined);
        if (!found) {
          if (!own) lock.release?.();
          throw new Error('session-missing');
        }
        if (!own) letGo();
        clear();
        session = {
          id,
          readOnly: options.lock !== undefined && lock.release === undefined,
          created: found.row.created,
          stored: found.row.revision,
          ...lock,
        };
        for (const { sha256, harvest, original, mark: own = '' } of found.parts) {
          if (own === mark) held.set(sha256, { holding: hold(harvest), original, content: undefined });
          else unread.set(sha256, { source: harvest.source, original });
        }
        declared = found.row.declared;
        notes = { ...noNotes, ...found.row.notes };
        seams = await findSeams();
        stale('evidence');
        return compute().state;
      }),
    close: () =>
      inTurn(() => {
        shut();
        return Promise.resolve(compute().state);
      }),
    rename: (id, title) =>
      session?.id === id
        ? change(() => {
            notes = { ...notes, title };
            return changed('facts');
          }).then(() => undefined)
        : inTurn(async () => {
            const found = await store?.read(id);
            if (!found) return;
            const row = { ...found.row, title, notes: { ...found.row.notes, title } };
            await store!.commit({ ...row, revision: row.revision + 1 }, row.revision);
          }),
    duplicate: (id) => inTurn(async () => store?.duplicate(id, newId())),
    erase: (id) =>
      inTurn(async () => {
        const left = (await store?.remove(id)) ?? 0;
        if (session?.id === id) shut();
        return left;
      }),
    eraseAll: () =>
      inTurn(async () => {
        const left = (await store?.removeAll()) ?? 0;
        shut();
        return left;
      }),
    exported: () =>
      writeBundle({
        title: notes.title,
        declared,
        notes,
        parts: originals(),
      }),
    originals: () =>
      Promise.resolve(originals().map(({ source, original }) => ({ name: source.name, blob: original }))),
  };

  /** Ranks and search text of a large report are made one by one while the reader looks at the first screen. */
  function warm(view: View): void {
    if (view.evidence.users.length < 5000) return;
    const steps = [...warmUsers(view.evidence)];
    const next = (): void => {
      if (current?.view.evidence !== view.evidence) return;
      steps.shift()?.();
      if (steps.length > 0) setTimeout(next, 0);
    };
    setTimeout(next, 0);
  }

  async function locked(id: string): Promise<{ release?: () => void }> {
    const release = await options.lock?.(id);
    return release ? { release } : {};
  }
}

/** What intake kept, if it did; else it is asked for again. */
function kept(blobs: readonly (Blob | undefined)[] = [], packed: Packed | undefined): Promise<Content> | undefined {
  return packed || blobs.some(Boolean) ? Promise.resolve(contentOf(blobs, packed)) : undefined;
}

function withAlias(source: Source, name: string): Source {
  if (name === source.name || source.alias?.includes(name)) return source;
  return { ...source, alias: [...(source.alias ?? []), name].sort() };
}

/** At most so many hosts are listed. */
const maxHosts = 100;

function hostsSeen(view: View): CaseState['hosts'] {
  const { messages, strings } = view.evidence;
  const count = new Uint32Array(strings.size);
  const seen: number[] = [];
  for (let row = 0; row < messages.length; row++) {
    const [source, target] = [messages.source[row]!, messages.target[row]!];
    if (count[source]!++ === 0) seen.push(source);
    if (count[target]!++ === 0) seen.push(target);
  }
  const roles = hostRoles(view);
  return seen
    .sort((a, b) => count[b]! - count[a]!)
    .slice(0, maxHosts)
    .map((id) => {
      const address = strings.text(id);
      const role = roles.get(address);
      return role === undefined ? { address } : { address, role };
    });
}

/** A finding that names 200 000 users crosses to the page with the first of them; the whole stays here. */
const maxAlso = 500;
const lighter = (finding: Finding): Finding =>
  finding.also.length > maxAlso ? { ...finding, also: finding.also.slice(0, maxAlso) } : finding;

/** Artifacts that a person left out, with everything inside them. */
function leftOut(evidence: Evidence, paths: readonly string[]): Set<number> {
  const left = new Set<number>();
  if (paths.length === 0) return left;
  evidence.artifacts.forEach(({ path }, index) => {
    if (paths.some((one) => path === one || path.startsWith(`${one}!/`))) left.add(index);
  });
  return left;
}

function metNeeds(evidence: Evidence, left: ReadonlySet<number>): Set<Need> {
  const kinds = new Set(evidence.artifacts.flatMap(({ kind }, index) => (left.has(index) ? [] : [kind])));
  const met = new Set<Need>();
  if (evidence.sources.length > 0) met.add('any');
  if (kinds.has('comparison-report')) met.add('report');
  if (kinds.has('event-history')) met.add('events');
  if (kinds.has('cloudlink-daemon-log')) met.add('daemon-log');
  if (evidence.lines.length > 0) met.add('text-log');
  if (kinds.has('registrar-listing')) met.add('registrar');
  if (kinds.has('sbc-subscribers')) met.add('subscribers');
  if (kinds.has('push-log')) met.add('push-log');
  if (kinds.has('packet-capture') || evidence.messages.length > 0) met.add('signalling');
  return met;
}

/** The missing piece that most rules wait for. */
function mostWanted(findings: readonly Finding[], provided: ReadonlySet<string>): string | undefined {
  const waiting = new Map<string, number>();
  for (const { outcome, missing } of findings) {
    if (outcome !== 'not-evaluated') continue;
    for (const id of missing) {
      if (id.startsWith('art.') && !provided.has(id)) waiting.set(id, (waiting.get(id) ?? 0) + 1);
    }
  }
  return [...waiting].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
}
