/** The first load must stay small: the page, its style, and every script that it loads before anything is dropped. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const limit = 100 * 1024;
const html = readFileSync('dist/index.html', 'utf8');
const entry = /<script[^>]+src="([^"]+\.js)"/.exec(html)?.[1];
if (!entry) throw new Error('dist/index.html loads no script');
const seen = new Set();
const walk = (file) => {
  if (seen.has(file)) return;
  seen.add(file);
  const code = readFileSync(file, 'utf8');
  for (const [, target] of code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)) {
    walk(path.join(path.dirname(file), target));
  }
};
walk(path.join('dist', entry));
const sizes = [...seen].map((file) => [file, gzipSync(readFileSync(file)).length]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);
for (const [file, size] of sizes) console.log(`${String(size).padStart(8)}  ${file}`);
console.log(`${String(total).padStart(8)}  first load, gzip, of at most ${limit}`);
if (total > limit) process.exit(1);
