import { expect, it } from 'vitest';
import { hashOf, parseRoute, Selection, viewIds, type Address } from '../../src/state/selection.svelte';
import type { Focus } from '../../src/analysis/desk';

/** A browser's history without a browser. */
function browser(hash = '') {
  const entries: { hash: string; state: unknown }[] = [{ hash, state: null }];
  let at = 0;
  let changed: () => void = () => undefined;
  const address: Address = {
    hash: () => entries[at]!.hash,
    state: () => structuredClone(entries[at]!.state),
    push: (next, state) => {
      entries.splice(++at, Infinity, { hash: next, state });
    },
    replace: (next, state) => {
      entries[at] = { hash: next, state };
    },
    listen: (listener) => {
      changed = listener;
      return () => undefined;
    },
  };
  const step = (by: number) => {
    at += by;
    changed();
  };
  return {
    address,
    back: () => step(-1),
    forward: () => step(1),
    /** A click on a link: the browser makes an entry without state. */
    follow(next: string) {
      entries.splice(at + 1, Infinity, { hash: next, state: null });
      step(1);
    },
    get hash() {
      return entries[at]!.hash;
    },
    get length() {
      return entries.length;
    },
  };
}
const alice: Focus = { kind: 'user', label: 'Alice', values: ['alice@example.org', '4142'] };

it('reads every route that it writes', () => {
  for (const view of viewIds) {
    const ids = { call: '12', message: '7', s: 'b7e0' };
    expect(parseRoute(hashOf(view, ids))).toEqual({ view, ids });
  }
  expect(parseRoute('#/nowhere?x=1')).toEqual({ view: 'start', ids: { x: '1' } });
  expect(parseRoute('')).toEqual({ view: 'start', ids: {} });
});

it('comes back to each place by back, forward and reload', () => {
  const tab = browser();
  const selection = new Selection(tab.address);
  selection.go('calls');
  selection.keep('filter', 'outcome:busy');
  selection.go('ladder', { call: 12, message: 3 });
  selection.go('logs', {}, { kept: { filter: 'level:error' } });
  tab.back();
  expect([selection.view, selection.ids]).toEqual(['ladder', { call: '12', message: '3' }]);
  tab.back();
  expect([selection.view, selection.kept('filter', '')]).toEqual(['calls', 'outcome:busy']);
  tab.forward();
  tab.forward();
  const reloaded = new Selection(tab.address);
  expect([reloaded.view, reloaded.kept('filter', '')]).toEqual(['logs', 'level:error']);
});

it('keeps words of customers out of the address', () => {
  const tab = browser();
  const selection = new Selection(tab.address);
  selection.setSession('b7e0');
  selection.pin(alice);
  selection.go('users', { row: 4 });
  selection.keep('filter', 'alice@example.org');
  expect(tab.hash).toBe('#/users?row=4&s=b7e0');
});

it('holds pins over views, links and reloads, each once', () => {
  const tab = browser('#/calls');
  const selection = new Selection(tab.address);
  selection.pin(alice);
  selection.pin({ ...alice, values: ['4142'] });
  expect(selection.focus).toEqual([{ ...alice, values: ['4142'] }]);
  tab.follow('#/users');
  expect(selection.focus).toHaveLength(1);
  selection.go('logs');
  expect(new Selection(tab.address).focus).toHaveLength(1);
  selection.unpin(selection.focus[0]!);
  expect(selection.focus).toEqual([]);
});

it('finds the filter of a view again when the rail leads there', () => {
  const tab = browser('#/calls');
  const selection = new Selection(tab.address);
  selection.keep('filter', 'outcome:busy');
  tab.follow('#/logs');
  expect(selection.kept('filter', '')).toBe('');
  tab.follow('#/calls');
  expect(selection.kept('filter', '')).toBe('outcome:busy');
});

it('marks in place without a step for Back', () => {
  const tab = browser('#/calls');
  const selection = new Selection(tab.address);
  selection.mark({ call: 1 });
  selection.mark({ call: 2, tab: 'legs' });
  selection.mark({ tab: undefined });
  expect([tab.hash, tab.length]).toEqual(['#/calls?call=2', 1]);
});
