import { openAsBlob, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Artifact } from '../../src/evidence/evidence';
import { corpusExpected, describeWithCorpus } from '../build/corpus';
import { otherTar, otherZip, refusedXz } from './corpus-differences';
import { codes, drop } from './drop';

interface Decoded {
  readonly test_exit: number;
  readonly decoded_sha256: string;
}
interface Listing {
  readonly members: readonly { name: string; type: string; sha256?: string }[];
}

const open = async (folder: string, name: string) =>
  drop(await openAsBlob(`${folder}/${name}`), name, { digests: true, keepBytes: false });

/** Names and digests of the members that are files, as both sides write them. */
const files = (artifacts: readonly Artifact[], path: string): Map<string, string | undefined> => {
  const found = new Map<string, string | undefined>();
  for (const { path: own, sha256 } of artifacts) {
    const name = own.slice(path.length + 2);
    // a folder may bear the name of a file
    if (own.startsWith(`${path}!/`) && !name.includes('!/')) found.set(name, sha256 ?? found.get(name));
  }
  return found;
};
const plain = (name: string): string => name.replace(/^(\.\/)+/, '').replace(/\/+$/, '') || '.';

describeWithCorpus('xz', (folder) => {
  const names = readdirSync(folder).filter((name) => corpusExpected(`xz/${name}`));
  it.each(names)('%s', async (name) => {
    const expected = corpusExpected(`xz/${name}`) as Decoded;
    const result = await open(folder, name);
    const got = codes(result);
    if (name in refusedXz) {
      expect(got).toEqual(['unsupported-archive']);
      return;
    }
    if (expected.test_exit === 0) expect(got).toEqual([]);
    else expect(got.length).toBeGreaterThan(0);
    const [, stream] = result.harvest.artifacts;
    if (/\.xz$/.test(name)) expect(stream?.sha256).toBe(expected.decoded_sha256);
  });
});

describeWithCorpus('tar', (folder) => {
  it.each(readdirSync(folder))(
    '%s',
    async (name) => {
      const { python, tar_exit } = corpusExpected(`tar/${name}`) as {
        python: Listing & { ok: boolean };
        tar_exit: number;
      };
      const result = await open(folder, name);
      expect(codes(result)).not.toContain('reader-failed');
      if (tar_exit !== 0 && !(name in otherTar)) expect(result.harvest.problems.length).toBeGreaterThan(0);
      if (name in otherTar || !python.ok) return;
      const got = files(result.harvest.artifacts, name);
      for (const { name: member, sha256 } of python.members) {
        expect(got.has(plain(member)), member).toBe(true);
        if (sha256) expect(got.get(plain(member)), member).toBe(sha256);
      }
      // one holds 4 000 members
    },
    120_000,
  );
});

describeWithCorpus('zip', (folder) => {
  const names = readdirSync(folder).filter((name) => corpusExpected(`zip/${name}`));
  it.each(names)('%s', async (name) => {
    const expected = corpusExpected(`zip/${name}`) as {
      ok?: boolean;
      entries?: Listing['members'];
      test_exit?: number;
    };
    const result = await open(folder, name);
    expect(codes(result)).not.toContain('reader-failed');
    if (expected.test_exit) expect(result.harvest.problems.length).toBeGreaterThan(0);
    if (!expected.ok || name in otherZip) return;
    const got = files(result.harvest.artifacts, name);
    for (const { name: member, sha256 } of expected.entries ?? []) {
      expect(got.has(plain(member)), member).toBe(true);
      if (sha256 && !member.endsWith('/')) expect(got.get(plain(member)), member).toBe(sha256);
    }
  });
});
