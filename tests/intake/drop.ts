/** What a test asks of an intake: what was listed, what was told, what the members hold. */
import type { IntakeOrder, IntakeResult } from '../../src/intake/intake';
import { contentOf } from '../../src/intake/packed';
import { intake } from '../../src/intake/run';
import { toBytes } from '../build/tar';

export async function drop(
  bytes: Uint8Array | string | Blob,
  path: string,
  options: Partial<IntakeOrder> = {},
): Promise<IntakeResult> {
  const blob = bytes instanceof Blob ? bytes : new Blob([toBytes(bytes) as BlobPart]);
  return intake({ path, blob, keepBytes: true, ...options }, { headers: [], patterns: [] });
}

/** `kind path`, in order. */
export const listed = ({ harvest }: IntakeResult): string[] =>
  harvest.artifacts.map(({ kind, path }) => `${kind} ${path}`);

/** `code path` or `code path: detail`. */
export const told = ({ harvest }: IntakeResult): string[] =>
  harvest.problems.map(
    ({ code, artifact, detail }) => `${code} ${harvest.artifacts[artifact]!.path}${detail ? `: ${detail}` : ''}`,
  );

export const codes = ({ harvest }: IntakeResult): string[] => harvest.problems.map(({ code }) => code);

/** The kept bytes of a member as text; undefined where none are kept. */
export async function content(result: IntakeResult, path: string): Promise<string | undefined> {
  return (await contents(result))[result.harvest.artifacts.findIndex((artifact) => artifact.path === path)];
}

/** The same of all members. */
export async function contents({ harvest, blobs, packed }: IntakeResult): Promise<(string | undefined)[]> {
  const kept = contentOf(blobs, packed);
  return Promise.all(harvest.artifacts.map(async (_, index) => (await kept.blob(index))?.text()));
}
