/**
 * Where the reader is: the view and the ids in the address, what is pinned on top, and what a view wants to find again
 * after Back or a reload. The address holds ids only (`#/calls?call=12`); words a person typed (filters, pins) may name
 * customers, so they live in the history entry, which no address bar, bookmark or referrer shows.
 */
import type { Focus } from '../analysis/desk';

export const viewIds = [
  'start',
  'overview',
  'evidence',
  'calls',
  'ladder',
  'users',
  'logs',
  'checklists',
  'case',
  'share',
  // not on the rail: the search box leads to it
  'search',
] as const;
export type ViewId = (typeof viewIds)[number];
export type Ids = Readonly<Record<string, string | number>>;

export interface Route {
  readonly view: ViewId;
  readonly ids: Readonly<Record<string, string>>;
}

/** The part of `window` that the router needs. */
export interface Address {
  hash(): string;
  state(): unknown;
  push(hash: string, state: unknown): void;
  replace(hash: string, state: unknown): void;
  listen(changed: () => void): () => void;
}

interface Kept {
  readonly focus: readonly Focus[];
  readonly kept: Readonly<Record<string, unknown>>;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const view = viewIds.find((id) => id === path) ?? 'start';
  return { view, ids: Object.fromEntries(new URLSearchParams(query)) };
}

export function hashOf(view: ViewId, ids: Ids = {}): string {
  const query = new URLSearchParams(Object.entries(ids).map(([name, value]) => [name, String(value)])).toString();
  return `#/${view}${query ? `?${query}` : ''}`;
}

export class Selection {
  view = $state<ViewId>('start');
  /** Ids of the address, without the session's. */
  ids = $state.raw<Readonly<Record<string, string>>>({});
  /** Id of the kept session, undefined while it lives in memory. */
  session = $state<string | undefined>();
  focus = $state.raw<readonly Focus[]>([]);
  #kept = $state.raw<Readonly<Record<string, unknown>>>({});
  /** What each view kept last: a fresh visit by the rail finds its filter again. */
  readonly #last = new Map<ViewId, Readonly<Record<string, unknown>>>();
  readonly #address: Address;
  readonly stop: () => void;

  constructor(address: Address) {
    this.#address = address;
    this.#read();
    this.stop = address.listen(() => this.#read());
  }

  #read(): void {
    const { view, ids } = parseRoute(this.#address.hash());
    const { s, ...rest } = ids;
    // an entry made by following a link has no state yet: pins stay, the view finds what it kept last
    const state = keptOf(this.#address.state()) ?? { focus: this.focus, kept: this.#last.get(view) ?? {} };
    this.view = view;
    this.ids = rest;
    this.session = s;
    this.focus = state.focus;
    this.#kept = state.kept;
    this.#last.set(view, state.kept);
  }

  /** Address of a place, for links. */
  href = (view: ViewId, ids: Ids = {}): string => hashOf(view, this.session ? { ...ids, s: this.session } : ids);

  /** Goes to a view; `replace` leaves no step for Back, `kept` hands it what it would have kept (a filter). Pins stay. */
  go(
    view: ViewId,
    ids: Ids = {},
    { replace = false, kept = {} }: { replace?: boolean; kept?: Readonly<Record<string, unknown>> } = {},
  ): void {
    const hash = this.href(view, ids);
    const before = view === this.view ? this.#kept : (this.#last.get(view) ?? {});
    this.#write(hash, replace || hash === this.#address.hash(), { ...before, ...kept });
  }
  /** Changes ids of the present view in place (undefined removes one): a row chosen, a tab opened. */
  mark(ids: Readonly<Record<string, string | number | undefined>>, { step = false } = {}): void {
    const next: Record<string, string | number> = {};
    for (const [name, value] of Object.entries({ ...this.ids, ...ids })) if (value !== undefined) next[name] = value;
    this.go(this.view, next, { replace: !step });
  }
  setSession(id: string | undefined): void {
    if (id === this.session) return;
    this.session = id;
    this.#write(this.href(this.view, this.ids), true, this.#kept);
  }

  /** What a view stored under this name for this history entry (a filter, a sort order, a scroll position). */
  kept<T>(name: string, otherwise: T): T {
    return name in this.#kept ? (this.#kept[name] as T) : otherwise;
  }
  /** Plain data only. */
  keep(name: string, value: unknown): void {
    this.#kept = { ...this.#kept, [name]: value };
    this.#last.set(this.view, this.#kept);
    this.#address.replace(this.#address.hash(), { focus: this.focus, kept: this.#kept } satisfies Kept);
  }

  pin(focus: Focus): void {
    const others = this.focus.filter((other) => !(other.kind === focus.kind && other.label === focus.label));
    this.#setFocus([...others, focus]);
  }
  unpin(focus: Focus): void {
    this.#setFocus(this.focus.filter((other) => other !== focus));
  }
  unpinAll(): void {
    this.#setFocus([]);
  }
  #setFocus(focus: readonly Focus[]): void {
    this.focus = focus;
    this.#address.replace(this.#address.hash(), { focus, kept: this.#kept } satisfies Kept);
  }

  #write(hash: string, replace: boolean, kept: Readonly<Record<string, unknown>>): void {
    const state: Kept = { focus: this.focus, kept };
    if (replace) this.#address.replace(hash, state);
    else this.#address.push(hash, state);
    this.#read();
  }
}

function keptOf(state: unknown): Kept | undefined {
  if (typeof state !== 'object' || state === null) return undefined;
  const { focus, kept } = state as Partial<Kept>;
  return { focus: Array.isArray(focus) ? focus : [], kept: typeof kept === 'object' && kept !== null ? kept : {} };
}

export function windowAddress(): Address {
  if (typeof window === 'undefined') {
    return { hash: () => '', state: () => undefined, push() {}, replace() {}, listen: () => () => undefined };
  }
  return {
    hash: () => window.location.hash,
    state: () => window.history.state as unknown,
    push: (hash, state) => window.history.pushState(state, '', hash),
    replace: (hash, state) => window.history.replaceState(state, '', hash),
    listen(changed) {
      window.addEventListener('popstate', changed);
      return () => window.removeEventListener('popstate', changed);
    },
  };
}

export const selection = new Selection(windowAddress());
