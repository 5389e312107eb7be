/**
 * The samples: folders under `samples/`, each file shipped as a chunk that is loaded when asked for. The page may
 * request nothing, so the bytes travel inside modules, which the service worker keeps for offline use.
 */
import type { Incoming } from './doors';

const files = import.meta.glob<string>('../../samples/*/*', { query: '?url&inline', import: 'default' });

const parts = Object.entries(files).map(([path, load]) => {
  const [, id = '', name = ''] = /samples\/([^/]+)\/(.+)$/.exec(path) ?? [];
  return { id, name, load };
});

export const sampleIds: readonly string[] = [...new Set(parts.map(({ id }) => id))];

export async function loadSample(id: string): Promise<Incoming[]> {
  return Promise.all(
    parts
      .filter((part) => part.id === id)
      .map(async ({ name, load }) => ({ path: name, blob: fromDataUrl(await load()) })),
  );
}

function fromDataUrl(url: string): Blob {
  const comma = url.indexOf(',');
  const [type = '', encoding] = url.slice(5, comma).split(';base64');
  const body = url.slice(comma + 1);
  if (encoding === undefined) return new Blob([decodeURIComponent(body)], { type });
  const text = atob(body);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return new Blob([bytes], { type });
}
