import { expect, it } from 'vitest';

it('takes the network away, own and inherited, for good', async () => {
  const { lockdown } = await import('../../workers/lockdown');

  const proto = { fetch: () => 1, importScripts: () => 1, postMessage: () => 1 };
  const scope = Object.create(Object.create(proto)) as Record<string, unknown>;
  scope['XMLHttpRequest'] = class {};
  lockdown(scope);
  for (const name of ['fetch', 'importScripts', 'XMLHttpRequest', 'WebTransport', 'Worker', 'caches']) {
    expect(scope[name], name).toBeUndefined();
    expect(Reflect.set(scope, name, 1), name).toBe(false);
    expect(Reflect.deleteProperty(scope, name), name).toBe(false);
  }
  expect('fetch' in proto).toBe(false);
  expect(scope['postMessage']).toBeTypeOf('function');
  // importing it has locked this realm as well
  expect(globalThis.fetch).toBeUndefined();
});
