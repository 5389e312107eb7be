/**
 * The session file `.psiscope`: a zip of stored (not deflated) parts. FORMAT.md describes it. Tables are not in it:
 * they are read again from the originals, so a session file gives the findings of the version that opens it.
 */
import { Zip, ZipPassThrough, inflateSync } from 'fflate';
import * as v from 'valibot';
import { crc32 } from '../base/crc32';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Source } from '../evidence/evidence';
import type { Declared } from '../facts/facts';
import { text, type Text } from '../text/text';
import { looksLikeSession, manifestName } from './looks-like';
import { declaredSchema, notesSchema, type Notes } from './notes';

export const bundleFormat = 'psiscope-session';
export const bundleVersion = 1;
/** Anything larger is no manifest of ours, nor inflated at once. */
const maxManifest = 64 * 2 ** 20;
/** A zip without its 64-bit form ends here; so do we. */
const maxFile = 2 ** 32 - 1;
const maxParts = 65_534;
/** A session file that somebody zipped anew may be deflated; inflated it lies in memory. */
const maxInflated = 2 ** 30;

const manifestSchema = v.strictObject({
  format: v.literal(bundleFormat),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  title: v.string(),
  declared: declaredSchema,
  notes: notesSchema,
  parts: v.array(
    v.strictObject({
      file: v.pipe(v.string(), v.regex(/^originals\/\d{1,6}$/)),
      name: v.pipe(v.string(), v.minLength(1), v.maxLength(2 ** 16)),
      alias: v.optional(v.array(v.string())),
      modified: v.optional(v.number()),
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
    '{name} is not a psiscope session file ({detail}). Nothing was changed. Drop the evidence itself, or export the session again.',
    '{name} n’est pas un fichier de session psiscope ({detail}). Rien n’a été modifié. Déposer les pièces elles-mêmes, ou exporter à nouveau la session.',
  ),
  'newer-version': text(
    '{name} was written by a newer psiscope (format {detail}). Nothing was changed. Update psiscope here, or open the file where it was written.',
    '{name} a été écrit par une version plus récente de psiscope (format {detail}). Rien n’a été modifié. Mettre psiscope à jour ici, ou ouvrir le fichier là où il a été écrit.',
  ),
  'damaged-session': text(
    '{name} is a damaged session file ({detail}). Nothing of it was taken over and nothing was changed. Copy it again, or export the session again.',
    '{name} est un fichier de session endommagé ({detail}). Rien n’en a été repris et rien n’a été modifié. Le copier à nouveau, ou exporter à nouveau la session.',
  ),
} as const satisfies Record<string, Text>;
export type BundleFault = keyof typeof bundleFaults;

const details = {
  short: text('it ends too early', 'il s’arrête trop tôt'),
  noZip: text('it is not a zip file', 'ce n’est pas un fichier zip'),
  noManifest: text('it has no manifest.json of psiscope', 'il n’a pas de manifest.json de psiscope'),
  unreadable: text('the browser could not read it', 'le navigateur n’a pas pu le lire'),
  directory: text('its zip directory contradicts itself', 'son répertoire zip se contredit'),
  manifest: text('manifest.json is altered', 'manifest.json est altéré'),
} as const satisfies Record<string, Text>;

export type BundleRead =
  | { readonly bundle: Bundle }
  /** `detail` fills the slot of the fault's text; the caller knows the file's `{name}`. */
  | { readonly fault: BundleFault; readonly detail: Text | string };

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
      ...(source.modified === undefined ? {} : { modified: source.modified }),
      sha256: source.sha256,
    })),
  };
  const total = sorted.reduce((sum, { source }) => sum + source.bytes + 256, maxManifest);
  if (total > maxFile || sorted.length > maxParts) throw new Error('session-too-large');
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
  await store(manifestName, new Blob([JSON.stringify(manifest, inOrder, 1)]));
  for (const [n, { original }] of sorted.entries()) await store(`originals/${n}`, original);
  zip.end();
  if (fault) throw fault;
  return new Blob(pieces, { type: 'application/zip' });
}

/** Keys in one order, however they came about. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Reads a session file of unknown origin: directory, manifest, sizes and digests are all checked before anything is
 * taken over. Never throws.
 */
export async function readBundle(file: Blob): Promise<BundleRead> {
  try {
    return await read(file);
  } catch {
    // a file on a drive that went away
    return { fault: 'damaged-session', detail: details.unreadable };
  }
}

async function read(file: Blob): Promise<BundleRead> {
  const damaged = (detail: Text | string): BundleRead => ({ fault: 'damaged-session', detail });
  const entries = await directory(file);
  if (!(entries instanceof Map)) {
    return (await looksLikeSession(file)) ? damaged(entries) : { fault: 'not-a-session', detail: entries };
  }
  const manifestEntry = entries.get(manifestName);
  if (!manifestEntry) return { fault: 'not-a-session', detail: details.noManifest };
  const manifestBlob = manifestEntry.bytes <= maxManifest ? await content(file, manifestEntry) : undefined;
  const manifestBytes = manifestBlob && new Uint8Array(await manifestBlob.arrayBuffer());
  if (!manifestBytes || crc32(manifestBytes) !== manifestEntry.crc) return damaged(details.manifest);
  const json = parse(manifestBytes) as { format?: unknown; version?: unknown } | null | undefined;
  if (json?.format !== bundleFormat) return { fault: 'not-a-session', detail: details.noManifest };
  const { version } = json;
  if (typeof version === 'number' && version > bundleVersion)
    return { fault: 'newer-version', detail: String(version) };
  const checked = v.safeParse(manifestSchema, json);
  if (!checked.success) return damaged(`manifest.json: ${v.getDotPath(checked.issues[0]) ?? '?'}`);
  const manifest = checked.output;
  if (
    new Set(manifest.parts.map((part) => part.file)).size !== manifest.parts.length ||
    new Set(manifest.parts.map((part) => part.sha256)).size !== manifest.parts.length
  ) {
    return damaged(details.manifest);
  }
  const parts: { source: Source; original: Blob }[] = [];
  for (const part of manifest.parts) {
    const entry = entries.get(part.file);
    const original = entry && (await content(file, entry));
    if (original?.size !== part.bytes || (await digest(original)) !== part.sha256) return damaged(part.name);
    const { name, alias, bytes, modified, sha256: hex } = part;
    parts.push({
      source: {
        name,
        bytes,
        sha256: hex,
        ...(alias ? { alias } : {}),
        ...(modified === undefined ? {} : { modified }),
      },
      original,
    });
  }
  const { title, declared, notes } = manifest;
  return { bundle: { title, declared: declared as Declared, notes, parts } };
}

/** Names that reach into objects are dropped. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), (key: string, value: unknown) =>
      key === '__proto__' || key === 'constructor' || key === 'prototype' ? undefined : value,
    );
  } catch {
    return undefined;
  }
}

async function digest(blob: Blob): Promise<string> {
  const hash = sha256.create();
  const step = 8 * 2 ** 20;
  for (let at = 0; at < blob.size; at += step)
    hash.update(new Uint8Array(await blob.slice(at, at + step).arrayBuffer()));
  return bytesToHex(hash.digest());
}

interface Entry {
  readonly at: number;
  readonly bytes: number;
  readonly packed: number;
  readonly method: number;
  readonly crc: number;
}

/** Central directory of a zip (APPNOTE 4.3.12); a text says what is wrong. Zip64 is beyond a session file's 4 GiB. */
async function directory(file: Blob): Promise<Map<string, Entry> | Text> {
  const tailStart = Math.max(0, file.size - 65_557);
  const tail = new DataView(await file.slice(tailStart).arrayBuffer());
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return (await looksLikeSession(file)) ? details.short : details.noZip;
  const count = tail.getUint16(end + 10, true);
  const size = tail.getUint32(end + 12, true);
  const at = tail.getUint32(end + 16, true);
  if (at + size > file.size) return details.directory;
  const view = new DataView(await file.slice(at, at + size).arrayBuffer());
  const entries = new Map<string, Entry>();
  let p = 0;
  let packed = 0;
  let inflated = 0;
  for (let n = 0; n < count; n++) {
    if (p + 46 > view.byteLength || view.getUint32(p, true) !== 0x02014b50) return details.directory;
    const nameLength = view.getUint16(p + 28, true);
    const next = p + 46 + nameLength + view.getUint16(p + 30, true) + view.getUint16(p + 32, true);
    if (next > view.byteLength) return details.directory;
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + p + 46, nameLength));
    const entry: Entry = {
      at: view.getUint32(p + 42, true),
      packed: view.getUint32(p + 20, true),
      bytes: view.getUint32(p + 24, true),
      method: view.getUint16(p + 10, true),
      crc: view.getUint32(p + 16, true),
    };
    packed += entry.packed;
    if (entry.method !== 0) inflated += entry.bytes;
    // members that lie on one another would be read over and over
    if (entries.has(name) || entry.at + entry.packed > file.size || packed > file.size || inflated > maxInflated) {
      return details.directory;
    }
    entries.set(name, entry);
    p = next;
  }
  return entries;
}

/** The bytes of a member; undefined where the zip is broken at it. Its digest is checked elsewhere. */
async function content(file: Blob, entry: Entry): Promise<Blob | undefined> {
  const header = new DataView(await file.slice(entry.at, entry.at + 30).arrayBuffer());
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50) return undefined;
  const start = entry.at + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = file.slice(start, start + entry.packed);
  if (entry.method === 0) return packed.size === entry.bytes ? packed : undefined;
  if (entry.method !== 8) return undefined;
  try {
    const out = inflateSync(new Uint8Array(await packed.arrayBuffer()), { out: new Uint8Array(entry.bytes) });
    return new Blob([out as BlobPart]);
  } catch {
    return undefined;
  }
}
