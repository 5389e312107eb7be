import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { metaPolicy, pagePolicy, securityHeaders, serviceWorkerPolicy } from '../../src/csp';

const root = path.resolve(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('hosting samples carry the one policy', () => {
  for (const file of ['public/_headers', 'public/.htaccess', 'public/web.config', 'hosting/nginx.conf']) {
    test(file, () => {
      const content = text(file);
      expect(content).toContain(pagePolicy);
      expect(content).toContain(serviceWorkerPolicy);
      for (const [name, value] of Object.entries(securityHeaders)) {
        expect(content).toContain(name);
        expect(content).toContain(value);
      }
    });
  }
  test('no two rules of _headers meet on sw.js: a browser would apply both policies', () => {
    const paths = text('public/_headers')
      .split('\n')
      .filter((line) => line.startsWith('/'));
    const meeting = paths.filter((one) =>
      one.endsWith('*') ? '/sw.js'.startsWith(one.slice(0, -1)) : one === '/sw.js',
    );
    expect(meeting).toEqual(['/sw.js']);
  });
  test('the policy forbids every request and names no other host', () => {
    expect(pagePolicy).toContain("connect-src 'none'");
    expect(`${pagePolicy} ${metaPolicy} ${serviceWorkerPolicy}`).not.toMatch(/https?:|\*/);
  });
});

describe('the lockfile', () => {
  const { packages } = JSON.parse(text('package-lock.json')) as {
    packages: Record<string, { integrity?: string; resolved?: string; link?: boolean; inBundle?: boolean }>;
  };
  const entries = Object.entries(packages).filter(([name]) => name !== '');
  test('names no address', () => {
    expect(entries.filter(([, { resolved }]) => resolved !== undefined).map(([name]) => name)).toEqual([]);
    expect(text('package-lock.json')).not.toMatch(/https?:\/\/[^"]*\.tgz/);
  });
  test('has an integrity for every package', () => {
    const bare = entries.filter(([, { integrity, inBundle }]) => !integrity && !inBundle).map(([name]) => name);
    expect(bare).toEqual([]);
  });
});

describe('the sources', () => {
  const files = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? files(path.join(folder, entry.name)) : [path.join(folder, entry.name)],
    );
  test('have no text sink', () => {
    const sinks = [...files('src'), ...files('workers')].filter((file) =>
      /\{@html|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/.test(text(file)),
    );
    expect(sinks).toEqual([]);
  });
  test('every folder below src is named in ARCHITECTURE.md', () => {
    const named = text('ARCHITECTURE.md');
    const missing = readdirSync(path.join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !named.includes(`\`${entry.name}\``))
      .map(({ name }) => name);
    expect(missing).toEqual([]);
  });
  test('icons that the manifest names exist', async () => {
    const { default: manifest } = await import('../../src/manifest');
    for (const { src } of manifest.icons) expect(existsSync(path.join(root, 'public', src)), src).toBe(true);
  });
});
