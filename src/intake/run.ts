/** One dropped file in, one harvest out; and the bytes of its members again, on demand. */
import { createBytePool } from '../base/byte-pool';
import type { Artifact, Wants } from '../evidence/evidence';
import { isHeaderName } from '../evidence/join-headers';
import { createBuilders, sealTables } from '../evidence/merge';
import { provenance } from '../provenance/provenance';
import type { IntakeOrder, IntakeProgress, IntakeResult } from './intake';
import { walk, type Walked } from './walk';
import type { Lend } from './xz-blocks';

/** Reads a file into evidence. Never rejects for what is in it: faults are problems of the harvest. */
export async function intake(
  order: IntakeOrder,
  wants: Wants,
  onProgress?: (progress: IntakeProgress) => void,
  lend?: Lend,
): Promise<IntakeResult> {
  const start = performance.now();
  const builders = createBuilders();
  const strings = createBytePool();
  const walked = await walk(order, { builders, strings, wants: withHeaders(wants, order.headers) }, onProgress, lend);
  const sealing = performance.now();
  const tables = sealTables(builders);
  const harvest = {
    source: { sha256: walked.sha256, name: order.path, bytes: order.blob.size, ...modified(order.blob) },
    artifacts: toArtifacts(walked),
    tables,
    strings: strings.seal(),
    problems: walked.problems,
    facts: walked.facts,
  };
  const end = performance.now();
  const parseMs = walked.parseMs + (end - sealing);
  const { blobs, packed } = walked;
  const timing = { unpackMs: Math.max(0, end - start - parseMs), parseMs };
  return { harvest, blobs, ...(packed ? { packed } : {}), timing };
}

const mostHeaders = 32;

function withHeaders(wants: Wants, named: readonly string[] = []): Wants {
  const more = named.map((name) => name.trim().toLowerCase()).filter((name) => isHeaderName(name));
  return more.length === 0
    ? wants
    : { ...wants, headers: [...new Set([...wants.headers, ...more.slice(0, mostHeaders)])] };
}

/** A file tells when it was last written: for a download, when it was made. */
const modified = (blob: Blob): { readonly modified?: number } =>
  typeof File === 'function' && blob instanceof File && blob.lastModified > 0
    ? { modified: blob.lastModified * 1000 }
    : {};

/**
 * The bytes of every member, by artifact index of the harvest that the same order gave; none for containers, folders and
 * the source itself. A stored session keeps the originals only.
 */
export async function unpack(
  order: Omit<IntakeOrder, 'keepBytes'> & { readonly keepBytes?: boolean },
): Promise<Pick<IntakeResult, 'blobs' | 'packed'> & { readonly bytes: number }> {
  const { artifacts, blobs, packed } = await walk({ keepBytes: true, ...order, digests: false }, undefined);
  const containers = new Set(artifacts.map(({ parent }) => parent));
  const bytes = artifacts.reduce((sum, { bytes: own }, index) => (containers.has(index) ? sum : sum + own), 0);
  return { blobs, ...(packed ? { packed } : {}), bytes };
}

function toArtifacts({ artifacts }: Walked): Artifact[] {
  const provided = provenance(artifacts);
  return artifacts.map((listed, index) => {
    const { parent, path, kind, confidence, reason, reasonValues, bytes, sha256, reading } = listed;
    const { records, first, last, clock, host, capture, note } = reading;
    return {
      parent,
      path,
      kind,
      confidence,
      reason,
      ...(reasonValues ? { reasonValues } : {}),
      provides: provided[index]!.provides,
      ...(provided[index]!.maybe.length > 0 ? { maybe: provided[index]!.maybe } : {}),
      bytes,
      ...(sha256 ? { sha256 } : {}),
      records,
      first,
      last,
      clock,
      ...(host ? { host } : {}),
      ...(capture ? { capture } : {}),
      ...(note ? { note } : {}),
    };
  });
}
