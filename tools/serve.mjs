/**
 * Serves a folder of static files as a plain web host would. Headers come from the folder's own `_headers` file.
 *   node tools/serve.mjs [--dir dist] [--port 8080] [--base /] [--no-headers]
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};

/** `_headers`: a path (a trailing `*` matches the rest) and its indented `Name: value` lines. */
function parseHeaders(text) {
  const rules = [];
  for (const line of text.split('\n')) {
    if (!line.trim() || line.startsWith('#')) continue;
    if (!/^\s/.test(line)) rules.push({ path: line.trim(), headers: {} });
    else rules.at(-1).headers[line.slice(0, line.indexOf(':')).trim()] = line.slice(line.indexOf(':') + 1).trim();
  }
  return (url) =>
    Object.assign(
      {},
      ...rules
        .filter((rule) => (rule.path.endsWith('*') ? url.startsWith(rule.path.slice(0, -1)) : url === rule.path))
        .map((rule) => rule.headers),
    );
}

/** Starts a server; `requests` collects what was asked for. */
export async function serve({ dir = 'dist', port = 8080, base = '/', headers = true } = {}) {
  const root = path.resolve(dir);
  const headersFor = headers
    ? parseHeaders(await readFile(path.join(root, '_headers'), 'utf8').catch(() => ''))
    : () => ({});
  const requests = [];
  const server = createServer(async (request, response) => {
    const url = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    requests.push(url);
    const name = url.startsWith(base) ? url.slice(base.length) || 'index.html' : undefined;
    const file = name === undefined ? undefined : path.join(root, name.endsWith('/') ? `${name}index.html` : name);
    const found = file?.startsWith(root) && (await stat(file).catch(() => undefined));
    if (!found || !found.isFile()) {
      response.writeHead(404, { 'Content-Type': 'text/plain' });
      response.end('not found');
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
      'Content-Length': found.size,
      'Cache-Control': 'no-cache',
      ...headersFor(`/${name === 'index.html' && url === base ? '' : name}`),
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const actual = server.address().port;
  return {
    url: `http://localhost:${actual}${base}`,
    port: actual,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const value = (name, fallback) => {
    const at = process.argv.indexOf(`--${name}`);
    return at < 0 ? fallback : process.argv[at + 1];
  };
  const { url } = await serve({
    dir: value('dir', 'dist'),
    port: Number(value('port', '8080')),
    base: value('base', '/'),
    headers: !process.argv.includes('--no-headers'),
  });
  console.log(`psiscope is served at ${url}  (the sample is one click away on the first page; Ctrl+C stops)`);
}
