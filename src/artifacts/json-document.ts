/**
 * A text that is one JSON value: inventories, configuration, `current.json` (EN 5.2.5.3; shape unknown, domain.md 2.3).
 * Facts: `current.version` in a file of that name; account, host, proxy, tunnels and version where a file that speaks
 * of the CloudLink Daemon states them under a key of that name; `onboarding` = no where it states an empty account.
 *
 *   {"hostname":"sbc1","accountId":"","tunnels":[{"name":"littlemole","state":"down"}]}
 */
import { detectEncoding, decodeAs, repaired, textOfHead } from '../decode/encoding';
import { text } from '../text/text';
import { artifactKind, notThis, nothingRead, type KindExample, type Reader, type Sink } from './kind';
import { statedIn } from './text/known-keys';
import { publishedVersions } from './text/published-versions';
import { sampleLines } from './text/sample';

/** Longer documents are listed and previewed, not looked into. */
const longest = 16 * 2 ** 20;
const headSize = 65_536;
const mostNodes = 50_000;
const deepest = 12;
const daemonWords = /\bcld\b|cloudlink|mitel\.io|littlemole/i;

export default artifactKind({
  id: 'json-document',
  name: text('JSON document', 'Document JSON'),
  provides: [],
  sniff(head, path) {
    const content = textOfHead(head)
      ?.replace(/^\ufeff/, '')
      .trim();
    if (content === undefined || !/^[{[]/.test(content)) return notThis;
    if (head.length < headSize) {
      try {
        JSON.parse(content);
      } catch {
        return notThis;
      }
    } else if (!/^(?:\{\s*"(?:[^"\\]|\\.){0,200}"\s*:|\[\s*[[{"\d])/.test(content)) return notThis;
    // one object that has a time is a log of one line; several objects a line each are one of many
    const sample = sampleLines(head, path);
    if (sample && sample.timed > 0 && (sample.first || content.startsWith('{'))) return notThis;
    return { certainty: 2, reason: text('it is one JSON value', 'c’est une seule valeur JSON') };
  },
  open: read,
});

function read(sink: Sink): Reader {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    push(chunk) {
      size += chunk.length;
      if (size <= longest) chunks.push(chunk.slice());
      else chunks.length = 0;
    },
    end() {
      if (size > longest) {
        sink.problem('limit-reached', 0, `${longest} bytes of JSON`);
        return { ...nothingRead, records: 1 };
      }
      const bytes = new Uint8Array(size);
      let at = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      const { encoding, mark } = detectEncoding(bytes);
      const content = repaired(decodeAs(bytes.subarray(mark), encoding), bytes.subarray(mark), encoding);
      let value: unknown;
      try {
        value = JSON.parse(content);
      } catch (error) {
        sink.problem('bad-json', faultAt(String(error), size), '');
        return { ...nothingRead, records: content.trim() === '' ? 0 : 1 };
      }
      const plain = content.length === size;
      const place = (word: string): [offset: number, length: number] => {
        const found = plain ? content.indexOf(JSON.stringify(word)) : -1;
        return found < 0 ? [0, Math.min(size, 200)] : [found, word.length + 2];
      };
      if (/(?:^|[/!])current[^/]*\.json$/i.test(sink.path)) {
        for (const version of publishedVersions(content)) sink.fact('current.version', version, ...place(version));
      } else if (daemonWords.test(sink.path) || daemonWords.test(content)) {
        for (const { key, value: own, word } of stated(value)) sink.fact(key, own, ...place(word));
      }
      const records = Array.isArray(value) ? value.length : 1;
      return { ...nothingRead, records };
    },
  };
}

const faultAt = (message: string, size: number): number =>
  Math.min(size, Number(/position (\d{1,12})/.exec(message)?.[1] ?? 0));

interface Found {
  readonly key: string;
  readonly value: string;
  /** As it stands in the document. */
  readonly word: string;
}

function stated(document: unknown): readonly Found[] {
  const found = new Map<string, Found>();
  const add = (slot: string, one: Found): void => {
    if (!found.has(slot) && found.size < 500) found.set(slot, one);
  };
  let nodes = 0;
  const visit = (value: unknown, under: string, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > deepest || ++nodes > mostNodes) return;
    if (Array.isArray(value)) {
      for (const entry of value) visit(entry, under, depth + 1);
      return;
    }
    const fields = new Map<string, string>();
    for (const [name, entry] of Object.entries(value)) {
      if (typeof entry === 'string' || typeof entry === 'number') fields.set(name.toLowerCase(), String(entry));
      else visit(entry, name, depth + 1);
      if (/^(?:cloud_?link_?)?account_?(?:id|number)?$/i.test(name) && (entry === '' || entry === null))
        add('onboarding', { key: 'onboarding', value: 'no', word: name });
    }
    // {"tunnels":[{"name":"littlemole","state":"down"}]}
    if (/tunnel/i.test(under) && fields.has('name')) fields.set('tunnel', fields.get('name')!);
    if (/^(?:cld|daemon|cloud_?link_?daemon)$/i.test(under) && fields.has('version'))
      fields.set('cld.version', fields.get('version')!);
    if (/gateway/i.test(under) && fields.has('version')) fields.set('gateway.version', fields.get('version')!);
    for (const { key, value: own, slot } of statedIn(fields)) add(slot, { key, value: own, word: own });
  };
  visit(document, '', 0);
  return [...found.values()];
}

export const examples: readonly KindExample[] = [
  {
    name: 'inventory.json',
    bytes:
      '{\n  "hostname": "sbc1",\n  "cld": { "version": "1.14.2" },\n  "tunnels": [{ "name": "littlemole", "state": "down" }]\n}\n',
  },
  { name: 'list.json', bytes: '[{"id":1},{"id":2}]' },
];
