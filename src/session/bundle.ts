/**
 * The session file `.psiscope`: a zip of stored (not deflated) parts. FORMAT.md describes it. Tables are not in it:
 * they are read again from the originals, so a session file gives the findings of the version that opens it.
 */
import { Zip, ZipPassThrough, inflateSync } from 'fflate';
import * as v from 'valibot';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Source } from '../evidence/evidence';
import type { Declared } from '../facts/facts';
import { text, type Text } from '../text/text';
import { declaredSchema, notesSchema, type Notes } from './notes';

export const bundleFormat = 'psiscope-session';
export const bundleVersion = 1;
const manifestName = 'manifest.json';
/** Anything larger is no manifest of ours, nor inflated at once. */
const maxManifest = 64 * 2 ** 20;

const manifestSchema = v.strictObject({
  format: v.literal(bundleFormat),
  version: v.number(),
  title: v.string(),
  declared: declaredSchema,
  notes: notesSchema,
  parts: v.array(
    v.strictObject({
      file: v.pipe(v.string(), v.regex(/^originals\/\d{1,6}$/)),
      name: v.pipe(v.string(), v.maxLength(4096)),
      alias: v.optional(v.array(v.string())),
      bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
});

export interface Bundle {
  readonly title: string;
  readonly declared: Declared;
  readonly notes: Notes;
  readonly parts: readonly { readonly source: Source; readonly original: Blob }[];
}

export const bundleFaults = {
  'not-a-session': text(
    'This is not a psiscope session file ({detail}). Nothing was changed.',
    'Ce n’est pas un fichier de session psiscope ({detail}). Rien n’a été modifié.',
  ),
  'newer-version': text(
    'This session file was written by a newer psiscope (format {detail}). Open it there; nothing was changed.',
    'Ce fichier de session a été écrit par une version plus récente de psiscope (format {detail}). L’ouvrir avec elle ; rien n’a été modifié.',
  ),
  'damaged-session': text(
    'The session file is damaged ({detail}). Export it again; nothing was changed.',
    'Le fichier de session est endommagé ({detail}). L’exporter à nouveau ; rien n’a été modifié.',
  ),
} as const satisfies Record<string, Text>;
export type BundleFault = keyof typeof bundleFaults;
export type BundleRead = { readonly bundle: Bundle } | { readonly fault: BundleFault; readonly detail: string };

/** Same session, same bytes: names, order and times are fixed. */
export async function writeBundle(bundle: Bundle): Promise<Blob> {
  const sorted = [...bundle.parts].sort((a, b) => (a.source.sha256 < b.source.sha256 ? -1 : 1));
  const manifest: v.InferOutput<typeof manifestSchema> = {
    format: bundleFormat,
    version: bundleVersion,
    title: bundle.title,
    declared: bundle.declared as v.InferOutput<typeof declaredSchema>,
    notes: bundle.notes as v.InferOutput<typeof notesSchema>,
    parts: sorted.map(({ source }, n) => ({
      file: `originals/${n}`,
      name: source.name,
      ...(source.alias ? { alias: [...source.alias] } : {}),
      bytes: source.bytes,
      sha256: source.sha256,
    })),
  };
  const pieces: Blob[] = [];
  let fault: Error | undefined;
  const zip = new Zip((error, chunk) => {
    if (error) fault = error;
    else pieces.push(new Blob([chunk as BlobPart]));
  });
  const store = async (name: string, blob: Blob): Promise<void> => {
    const entry = new ZipPassThrough(name);
    // the zip epoch: a fixed date keeps the bytes equal
    entry.mtime = new Date(1980, 0, 1, 12);
    zip.add(entry);
    const step = 8 * 2 ** 20;
    for (let at = 0; at < blob.size; at += step) {
      entry.push(new Uint8Array(await blob.slice(at, at + step).arrayBuffer()));
    }
    entry.push(new Uint8Array(0), true);
  };
  await store(manifestName, new Blob([JSON.stringify(manifest, undefined, 1)]));
  for (const [n, { original }] of sorted.entries()) await store(`originals/${n}`, original);
  zip.end();
  if (fault) throw fault;
  return new Blob(pieces, { type: 'application/zip' });
}

/** A cheap look: does a file claim to be a session file? */
export async function looksLikeBundle(blob: Blob): Promise<boolean> {
  const head = new Uint8Array(await blob.slice(0, 64).arrayBuffer());
  return (
    head[0] === 0x50 &&
    head[1] === 0x4b &&
    new TextDecoder('latin1').decode(head.subarray(30, 30 + manifestName.length)) === manifestName
  );
}

/**
 * Reads a session file of unknown origin: directory, manifest, sizes and digests are all checked before anything is
 * taken over. Never throws for bad bytes.
 */
export async function readBundle(file: Blob): Promise<BundleRead> {
  const entries = await directory(file);
  if (typeof entries === 'string') return { fault: 'not-a-session', detail: entries };
  const manifestEntry = entries.get(manifestName);
  if (!manifestEntry || manifestEntry.bytes > maxManifest) return { fault: 'not-a-session', detail: manifestName };
  let json: unknown;
  try {
    json = JSON.parse(await (await content(file, manifestEntry)).text(), (key: string, value: unknown) =>
      key === '__proto__' || key === 'constructor' || key === 'prototype' ? undefined : value,
    );
  } catch (error) {
    return { fault: 'damaged-session', detail: String(error) };
  }
  const version = (json as { format?: unknown; version?: unknown } | null)?.version;
  if ((json as { format?: unknown } | null)?.format !== bundleFormat) return { fault: 'not-a-session', detail: 'format' };
  if (typeof version !== 'number' || version > bundleVersion) return { fault: 'newer-version', detail: String(version) };
  const checked = v.safeParse(manifestSchema, json);
  if (!checked.success) {
    const [issue] = checked.issues;
    return { fault: 'damaged-session', detail: `${v.getDotPath(issue) ?? ''} ${issue.message}`.trim() };
  }
  const manifest = checked.output;
  if (new Set(manifest.parts.map(({ file: name }) => name)).size !== manifest.parts.length) {
    return { fault: 'damaged-session', detail: 'duplicate part' };
  }
  const parts: { source: Source; original: Blob }[] = [];
  for (const part of manifest.parts) {
    const entry = entries.get(part.file);
    if (!entry) return { fault: 'damaged-session', detail: part.name };
    const original = await content(file, entry);
    if (original.size !== part.bytes || (await digest(original)) !== part.sha256) {
      return { fault: 'damaged-session', detail: part.name };
    }
    const { name, alias, bytes, sha256: hex } = part;
    parts.push({ source: { name, bytes, sha256: hex, ...(alias ? { alias } : {}) }, original });
  }
  const { title, declared, notes } = manifest;
  return { bundle: { title, declared: declared as Declared, notes, parts } };
}

async function digest(blob: Blob): Promise<string> {
  const hash = sha256.create();
  const step = 8 * 2 ** 20;
  for (let at = 0; at < blob.size; at += step) hash.update(new Uint8Array(await blob.slice(at, at + step).arrayBuffer()));
  return bytesToHex(hash.digest());
}

interface Entry {
  readonly at: number;
  readonly bytes: number;
  readonly packed: number;
  readonly method: number;
}

/** Central directory of a zip (APPNOTE 4.3.12); a string says what is wrong. Zip64 is beyond a session file's 4 GiB. */
async function directory(file: Blob): Promise<Map<string, Entry> | string> {
  const tailStart = Math.max(0, file.size - 65_557);
  const tail = new DataView(await file.slice(tailStart).arrayBuffer());
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return 'no zip directory';
  const count = tail.getUint16(end + 10, true);
  const size = tail.getUint32(end + 12, true);
  const at = tail.getUint32(end + 16, true);
  if (at + size > file.size) return 'directory out of bounds';
  const view = new DataView(await file.slice(at, at + size).arrayBuffer());
  const entries = new Map<string, Entry>();
  let p = 0;
  for (let n = 0; n < count; n++) {
    if (p + 46 > view.byteLength || view.getUint32(p, true) !== 0x02014b50) return 'directory entry';
    const nameLength = view.getUint16(p + 28, true);
    const next = p + 46 + nameLength + view.getUint16(p + 30, true) + view.getUint16(p + 32, true);
    if (next > view.byteLength) return 'directory entry';
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + p + 46, nameLength));
    const entry: Entry = {
      at: view.getUint32(p + 42, true),
      packed: view.getUint32(p + 20, true),
      bytes: view.getUint32(p + 24, true),
      method: view.getUint16(p + 10, true),
    };
    if (entries.has(name)) return 'duplicate name';
    if (entry.at + entry.packed > file.size) return 'member out of bounds';
    entries.set(name, entry);
    p = next;
  }
  return entries;
}

async function content(file: Blob, entry: Entry): Promise<Blob> {
  const header = new DataView(await file.slice(entry.at, entry.at + 30).arrayBuffer());
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50) return new Blob([]);
  const start = entry.at + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = file.slice(start, start + entry.packed);
  if (entry.method === 0) return packed;
  // re-zipped by hand; a member that inflates to anything but its declared size fails its digest
  if (entry.method !== 8 || entry.bytes > maxManifest) return new Blob([]);
  try {
    const out = inflateSync(new Uint8Array(await packed.arrayBuffer()), { out: new Uint8Array(entry.bytes) });
    return new Blob([out as BlobPart]);
  } catch {
    return new Blob([]);
  }
}
