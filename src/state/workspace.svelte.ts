/**
 * The open session as the interface sees it: what the desk answered last, what is being read, and where it is kept.
 * Every way in goes through `ingest`; every call of the desk's sessions stands in this file.
 */
import type { Artifact, At, Source } from '../evidence/evidence';
import type { More } from '../analysis/search';
import type { CaseState, Desk, Location, Notes } from '../analysis/desk';
import type { Declared } from '../facts/facts';
import type { ProblemCode } from '../evidence/problem-codes';
import type { Told } from '../intake/delivery';
import type { IntakeOrder } from '../intake/intake';
import { looksLikeSession } from '../session/looks-like';
import { noNotes } from '../session/no-notes';
import type { SessionSummary, Storage } from '../session/store';
import type { Text, Values } from '../text/text';
import { messages } from '../text/ui/messages';
import type { Incoming } from './doors';
import type { Delivered, Engine } from './engine';
import { History } from './history.svelte';
import { Leaving } from './leaving.svelte';
import { detailOf, ReadingQueue } from './reading-queue';
import { Readings, type Notice } from './readings.svelte';

export const emptyCase: CaseState = {
  revision: 0,
  sources: [],
  artifacts: [],
  problems: [],
  facts: {},
  declared: {},
  findings: [],
  provided: [],
  zone: 'UTC',
  counts: { calls: 0, registrations: 0, messages: 0, lines: 0, users: 0, events: 0 },
  notes: noNotes,
  hosts: [],
};

/** `unasked` until the reader says where the evidence may stay. */
export type Keeping = 'unasked' | 'memory' | 'kept';

/** Problems of a dropped file by which evidence is missing. */
const unread: ReadonlySet<string> = new Set<ProblemCode>([
  'empty-file',
  'wrong-type',
  'truncated-archive',
  'corrupt-archive',
  'damaged-block',
  'unsupported-archive',
  'encrypted-archive',
  'budget-reached',
  'limit-reached',
  'truncated-capture',
  'corrupt-capture',
  'damaged-capture',
  'unknown-link-type',
  'reader-failed',
  'read-failed',
]);
const mostNamed = 5;
/** Files of one drop that are looked at for being a session under another name. */
const mostLookedAt = 100;

export class Workspace {
  /** Replaced after each change; never mutated. */
  state = $state.raw<CaseState>(emptyCase);
  readonly readings = new Readings();
  readonly history = new History();
  readonly leaving = new Leaving(
    (id) => (this.state.session?.id === id ? this.closeAndErase() : this.ask((desk) => desk.erase(id))),
    async (left) => {
      await this.refresh();
      this.tell(messages.deleted, { bytes: { bytes: left } });
    },
  );
  keeping = $state<Keeping>('unasked');
  storage = $state.raw<Storage | undefined>();
  sessions = $state.raw<readonly SessionSummary[]>([]);
  /** What went wrong or is worth saying, newest last; dismissed by the reader. */
  notices = $state.raw<readonly Notice[]>([]);
  /** The desk is working on a change. */
  busy = $state(false);

  readonly #startEngine: () => Promise<Engine>;
  #engine: Promise<Engine> | undefined;
  readonly #queue = new ReadingQueue({
    readings: this.readings,
    start: () => this.#start(),
    add: (files) => this.#add(files),
    look: async (engine, file) => this.#take(await engine.firstLook(file)),
    endLook: (path) => this.#endLook(path),
  });
  /** Files of the present run that were not read in full. */
  #faulty: readonly string[] = [];
  #originals = new Map<string, Incoming>();

  constructor(startEngine: () => Promise<Engine>) {
    this.#startEngine = startEngine;
  }

  readonly opened = $derived(this.state.sources.length > 0);
  readonly readOnly = $derived(this.state.session?.readOnly ?? false);
  /** What a closing page would lose. */
  readonly unsaved = $derived(this.opened && this.keeping === 'unasked');

  #start(): Promise<Engine> {
    this.#engine ??= this.#startEngine().then((engine) => {
      engine.death.catch((reason: unknown) => void this.#recover(engine, reason));
      return engine;
    });
    return this.#engine;
  }

  /** The desk, for the questions of views. Calls reject when the analysis worker dies; it is restarted. */
  async ask<Result>(question: (desk: Desk) => Promise<Result>): Promise<Result> {
    return question((await this.#start()).desk);
  }
  /** A worker for one search. */
  async searcher(progress: (bytes: number) => void, more: More): Promise<ReturnType<Engine['search']>> {
    return (await this.#start()).search(progress, more);
  }
  locate = (at: At): Promise<Location | undefined> => this.ask((desk) => desk.locate(at));

  /** A failed change is told; `told` says it in other words than the usual ones. */
  async #change(
    change: (desk: Desk, engine: Engine) => Promise<CaseState>,
    told = (reason: unknown): void => this.tell(messages.changeFailed, { detail: detailOf(reason) }),
  ): Promise<void> {
    this.busy = true;
    try {
      const engine = await this.#start();
      this.#take(await change(engine.desk, engine));
    } catch (reason) {
      told(reason);
    } finally {
      this.busy = false;
    }
  }
  #take(state: CaseState): void {
    const notes = Object.assign({}, state.notes, ...this.#unconfirmed) as Notes;
    this.state = this.#unconfirmed.length > 0 ? { ...state, notes } : state;
    if (state.session) this.keeping = 'kept';
  }
  tell(text: Text, values?: Values): void {
    this.notices = [...this.notices.slice(-4), values ? { text, values } : { text }];
  }
  dismiss(notice: Notice): void {
    this.notices = this.notices.filter((other) => other !== notice);
  }

  // ---- reading -------------------------------------------------------------------------------------------------

  /** The one way in for drop, files, folder, paste, open-with and sample. */
  async ingest(incoming: readonly Incoming[]): Promise<void> {
    const files: Incoming[] = [];
    // a look costs 2 ms: among thousands the name must do
    const isFew = incoming.length <= mostLookedAt;
    const sessions = await Promise.all(
      incoming.map(({ path, blob }) => /\.psiscope$/i.test(path) || (isFew && looksLikeSession(blob))),
    );
    for (const [n, one] of incoming.entries()) {
      if (sessions[n]) await this.importSession(one);
      else files.push(one);
    }
    if (files.length === 0) return;
    if (this.readOnly) {
      this.tell(messages.readOnly);
      return;
    }
    await this.#readAll(files);
  }

  async #readAll(files: readonly Incoming[]): Promise<void> {
    // the browser looks at the disk when it is asked for a size first: of thousands that would hold the page up
    for (let at = 0; at < files.length; at += 25) {
      for (const { blob } of files.slice(at, at + 25)) void blob.size;
      if (at > 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
    if (!this.readings.going) this.#faulty = [];
    await this.#queue.read(files.map((file) => this.#orderOf(file)));
  }
  #orderOf({ path, blob }: Incoming): IntakeOrder {
    const { notes, declared } = this.state;
    const { kinds, columns } = notes;
    const headers = declared.correlationHeaders ?? [];
    return { path, blob, keepBytes: true, kinds, columns, headers, raised: notes.raised.includes(path) };
  }
  async #endLook(path: string): Promise<void> {
    const { sources } = this.state;
    if (sources.some(({ name, firstLook }) => firstLook && name === path))
      await this.#change((desk) => desk.endFirstLook(path));
  }
  /** Hands files that were read to the desk; gives why that failed. */
  async #add(files: readonly Delivered[]): Promise<Notice | undefined> {
    const known = new Set(this.state.sources.map(({ sha256 }) => sha256));
    for (const { source, original } of files) {
      const { sha256, name } = source;
      if (known.has(sha256))
        this.tell(messages.knownSource, { name, first: this.#nameOf(sha256), bytes: { bytes: original.size } });
      known.add(sha256);
    }
    let failure: Notice | undefined;
    await this.#change(
      (_, engine) => engine.add(files),
      (reason) => {
        const text = isFull(reason) ? messages.noRoom : messages.addFailed;
        failure = { text, values: { detail: detailOf(reason) } };
      },
    );
    // what the desk died of is not given to the next one
    if (failure) return failure;
    for (const { source, original } of files) this.#originals.set(source.sha256, { path: source.name, blob: original });
    this.#tellFaulty(files);
    return undefined;
  }
  /** Whoever drops a file and reads the findings must not take a half-read file for a whole one. */
  #tellFaulty(files: readonly Told[]): void {
    const faulty = files.filter(({ problems }) => problems.some((code) => unread.has(code)));
    if (faulty.length === 0) return;
    // one notice for one run of reading, however many batches it has
    this.#faulty = [...new Set([...this.#faulty, ...faulty.map(({ source }) => source.name)])].sort();
    const names = { list: this.#faulty.length > mostNamed ? [...this.#faulty.slice(0, mostNamed), '…'] : this.#faulty };
    this.notices = this.notices.filter(({ text }) => text !== messages.notWhole);
    this.tell(messages.notWhole, { files: names });
  }
  #nameOf(sha256: string): string {
    return this.state.sources.find((source) => source.sha256 === sha256)?.name ?? '';
  }

  /** Stops what is still being read; what was read already stays. The reading worker is ended with its rows. */
  cancel(id?: number): void {
    this.#queue.cancel(id);
  }

  /** Reads a source again, after its kind was set by hand. */
  async setKind(path: string, kind: string | undefined): Promise<void> {
    const { [path]: _, ...others } = this.state.notes.kinds;
    await this.note({ kinds: kind === undefined ? others : { ...others, [path]: kind } });
    await this.#readAgain(this.state.sources.filter(({ name }) => path === name || path.startsWith(`${name}!/`)));
  }
  /** Reads every file of a kind again, after a person matched its headings to columns. */
  async setColumns(kind: string, columns: Readonly<Record<string, string>>): Promise<void> {
    const { notes, artifacts, sources } = this.state;
    await this.note({ columns: { ...notes.columns, [kind]: { ...notes.columns[kind], ...columns } } });
    const holding = new Set(artifacts.flatMap((artifact) => (artifact.kind === kind ? [artifact.source] : [])));
    await this.#readAgain(sources.filter((_, n) => holding.has(n)));
  }
  /** Joins legs by further headers; what holds SIP is read again where values of a new one are not at hand. */
  async setCorrelationHeaders(names: readonly string[]): Promise<void> {
    const { declared, artifacts, sources, counts } = this.state;
    const known = new Set((declared.correlationHeaders ?? []).map((name) => name.toLowerCase()));
    await this.declare({ correlationHeaders: names.length > 0 ? names : undefined } as Declared);
    if (names.every((name) => known.has(name.toLowerCase()))) return;
    const captured = artifacts.reduce((sum, { capture }) => sum + (capture?.sipMessages ?? 0), 0);
    const hasSip = ({ capture, kind }: Artifact): boolean =>
      capture ? capture.sipMessages > 0 : counts.messages > captured && /trace|text|log$/.test(kind);
    const holding = new Set(artifacts.flatMap((artifact) => (hasSip(artifact) ? [artifact.source] : [])));
    await this.#readAgain(sources.filter((_, n) => holding.has(n)));
  }
  /** Reads a source again with the limits raised. */
  async raiseLimits(source: Source): Promise<void> {
    await this.note({ raised: [...this.state.notes.raised, source.name] });
    await this.#readAgain([source]);
  }
  async #readAgain(sources: readonly Source[]): Promise<void> {
    const originals = await this.ask((desk) => desk.originals());
    const files: Incoming[] = [];
    for (const source of sources) {
      const original = originals.find(({ name }) => name === source.name);
      if (!original) continue;
      await this.remove(source.sha256);
      files.push({ path: source.name, blob: dated(original.blob, source) });
    }
    if (files.length > 0) await this.#readAll(files);
  }
  remove = (sha256: string): Promise<void> => this.#change((desk) => desk.remove(sha256));

  // ---- what a person says --------------------------------------------------------------------------------------

  /** Declares facts; undefined takes one back. */
  declare(facts: Declared): Promise<void> {
    this.history.remember(this.state);
    return this.#change((desk) => desk.declare(facts));
  }
  /** What is noted shows at once: the next note, typed before the desk has answered, builds on it. */
  async note(notes: Partial<Notes>): Promise<void> {
    this.history.remember(this.state);
    const before = this.state;
    this.#unconfirmed.push(notes);
    this.state = { ...before, notes: { ...before.notes, ...notes } };
    const shown = this.state;
    await this.#change((desk) => desk.note(notes));
    this.#unconfirmed.splice(this.#unconfirmed.indexOf(notes), 1);
    // the desk refused: nothing took the place of what was shown
    if (this.state === shown) this.state = before;
  }
  #unconfirmed: Partial<Notes>[] = [];
  undo = (): Promise<void> => this.#say(this.history.back(this.state));
  redo = (): Promise<void> => this.#say(this.history.again(this.state));
  async #say(said: Pick<CaseState, 'notes' | 'declared'> | undefined): Promise<void> {
    if (!said) return;
    const gone = Object.fromEntries(Object.keys(this.state.declared).map((id) => [id, undefined]));
    await this.#change(async (desk) => {
      await desk.declare({ ...gone, ...said.declared });
      return desk.note(said.notes);
    });
  }

  // ---- sessions ------------------------------------------------------------------------------------------------

  /** At start: what is stored here, and the session that the address names. */
  async begin(session: string | undefined): Promise<void> {
    await this.refresh();
    if (this.storage?.available === false && this.storage.newer) this.tell(messages.storeNewer);
    if (session && this.sessions.some(({ id }) => id === session)) await this.open(session);
  }
  async refresh(): Promise<void> {
    try {
      const [storage, sessions] = this.#engine
        ? await this.ask((desk) => Promise.all([desk.storage(), desk.sessions().catch(() => [])]))
        : await this.#look();
      this.storage = storage;
      this.sessions = sessions.filter(({ id }) => !this.leaving.has(id));
    } catch (reason) {
      this.storage = { available: false, reason: detailOf(reason) };
    }
  }
  /** Before anything is opened the list is read here: the analysis worker is no part of the first load. */
  async #look(): Promise<[Storage, readonly SessionSummary[]]> {
    const { createStore } = await import('../session/store');
    const store = createStore();
    const storage = await store.storage();
    if (!storage.available) return [storage, []];
    return [storage, await store.list().catch(() => [])];
  }
  /** Something is about to be opened: start the workers while the reader still chooses. */
  warm(): void {
    void this.#start().catch(() => undefined);
  }
  async keep(): Promise<void> {
    await this.#change(
      (desk) => desk.keep(),
      (reason) =>
        this.tell(isFull(reason) ? messages.noRoomToKeep : messages.changeFailed, { detail: detailOf(reason) }),
    );
    if (!this.state.session) this.keeping = 'memory';
    await this.refresh();
    // asked only now that there is something to keep
    await globalThis.navigator?.storage?.persist?.().catch(() => false);
  }
  keepInMemory(): void {
    this.keeping = 'memory';
  }
  async open(id: string): Promise<void> {
    // the writer's lock of the open one could not be had a second time
    if (id === this.state.session?.id && !this.readOnly) return;
    this.#clear();
    await this.#open(id);
  }
  async #open(id: string): Promise<void> {
    const stored = this.sessions.find((session) => session.id === id)?.sources ?? 0;
    await this.#change(
      (desk) => desk.open(id),
      () => this.tell(messages.sessionGone),
    );
    if (this.state.session?.id !== id) return;
    const { sources, unread = [] } = this.state;
    const lost = stored - sources.length - unread.length;
    if (lost > 0) this.tell(messages.sessionIncomplete, { count: lost });
    if (unread.length > 0) await this.#readStored(unread);
  }
  /** What another version of psiscope read into other tables. It stays stored until it was read. */
  async #readStored(sources: readonly Source[]): Promise<void> {
    this.tell(messages.readAgain, { count: sources.length });
    const originals = await this.ask((desk) => desk.originals());
    const files = sources.flatMap((source): Incoming[] => {
      const original = originals.find(({ name }) => name === source.name);
      return original ? [{ path: source.name, blob: dated(original.blob, source) }] : [];
    });
    await this.#readAll(files);
  }
  async close(): Promise<void> {
    this.#clear();
    await this.#change((desk) => desk.close());
    this.keeping = 'unasked';
    await this.refresh();
  }
  #clear(): void {
    this.#queue.clear();
    this.#originals.clear();
    this.history.clear();
    this.notices = [];
    this.readings.forget(this.readings.list.map(({ id }) => id));
    this.keeping = 'unasked';
  }
  /** Closes the session and removes everything of it; gives the bytes that are left of it here. */
  async closeAndErase(): Promise<number> {
    const id = this.state.session?.id;
    const left = id === undefined ? 0 : await this.ask((desk) => desk.erase(id));
    await this.close();
    return left;
  }
  async rename(id: string | undefined, title: string): Promise<void> {
    if (id === undefined || id === this.state.session?.id) await this.note({ title });
    else await this.ask((desk) => desk.rename(id, title));
    await this.refresh();
  }
  async duplicate(id: string): Promise<void> {
    await this.ask((desk) => desk.duplicate(id));
    await this.refresh();
  }
  /** Deletes a stored session after a few seconds in which `restore` brings it back. */
  erase(id: string): void {
    const session = this.sessions.find((one) => one.id === id);
    if (!session) return;
    this.sessions = this.sessions.filter((one) => one.id !== id);
    this.leaving.add(session);
  }
  restore(id: string): void {
    this.leaving.restore(id);
    void this.refresh();
  }
  async eraseAll(): Promise<number> {
    this.#clear();
    const left = await this.ask((desk) => desk.eraseAll());
    await this.close();
    return left;
  }
  /** The session file; undefined where it could not be written, which is told. */
  async exported(): Promise<Blob | undefined> {
    try {
      return await this.ask((desk) => desk.exported());
    } catch (reason) {
      const detail = detailOf(reason);
      this.tell(detail === 'session-too-large' ? messages.tooLarge : messages.exportFailed, { detail });
      return undefined;
    }
  }

  /** A session file from elsewhere: checked whole before anything here changes, then read like any evidence. */
  async importSession({ path: name, blob }: Incoming): Promise<void> {
    const { readBundle, bundleFaults } = await import('../session/bundle');
    const read = await readBundle(blob);
    if ('fault' in read) {
      this.tell(bundleFaults[read.fault], { name, detail: read.detail });
      return;
    }
    if (this.opened && this.keeping !== 'kept') {
      this.tell(messages.sessionNotOpened, { name });
      return;
    }
    const { title, declared, notes, parts } = read.bundle;
    await this.close();
    this.#take({
      ...this.state,
      notes: { ...noNotes, kinds: notes.kinds, columns: notes.columns, raised: notes.raised },
    });
    await this.#readAll(parts.map(({ source, original }) => ({ path: source.name, blob: dated(original, source) })));
    await this.#change(async (desk) => {
      for (const { source } of parts) for (const name of source.alias ?? []) await desk.alias(source.sha256, name);
      await desk.declare(declared);
      return desk.note({ ...notes, title });
    });
  }

  // ---- when the analysis worker dies ---------------------------------------------------------------------------

  /** Starts anew and brings the evidence back: from the store where it is kept, else by reading the files again. */
  async #recover(dead: Engine, reason: unknown): Promise<void> {
    if ((await this.#engine) !== dead) return;
    dead.close();
    this.#engine = undefined;
    const { session, notes, declared } = this.state;
    const files = [...this.#originals.values()];
    // evidence that ends the desk each time would do so for ever
    const now = performance.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < 30_000), now];
    if (this.#deaths.length > 3) {
      this.#originals.clear();
      this.state = emptyCase;
      this.tell(messages.analysisGone, { detail: detailOf(reason) });
      return this.refresh();
    }
    this.tell(messages.analysisDied, { detail: detailOf(reason) });
    if (session) await this.#open(session.id);
    else if (files.length > 0) {
      this.state = { ...emptyCase, notes };
      await this.#readAll(files);
      await this.#change(async (desk) => {
        await desk.declare(declared);
        return desk.note(notes);
      });
    } else await this.refresh();
  }
  /** When the desk died lately, ms of the page's clock. */
  #deaths: readonly number[] = [];
}

/** The bytes with the time that their file had when it was dropped. */
const dated = (blob: Blob, { name, modified }: Source): Blob =>
  modified === undefined || blob instanceof File ? blob : new File([blob], name, { lastModified: modified / 1000 });

const isFull = (reason: unknown): boolean => reason instanceof Error && reason.name === 'QuotaExceededError';

export const artifactName = (artifact: Pick<Artifact, 'path'>): string =>
  artifact.path.split(/!\/|\//).at(-1) || artifact.path;

export const workspace = new Workspace(() => import('./engine').then(({ startEngine }) => startEngine()));
