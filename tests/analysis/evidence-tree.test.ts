import { describe, expect, it } from 'vitest';
import type { ArtifactView } from '../../src/analysis/desk';
import { openAtFirst, rowsOfTree, trailTo, treeOf } from '../../src/views/Evidence/tree';

const artifact = (path: string, parent = -1, kind = 'timestamped-text', problemCount = 0): ArtifactView =>
  ({ path, parent, kind, problemCount }) as ArtifactView;

const bundle = [
  artifact('b.tar.xz', -1, 'xz'),
  artifact('b.tar.xz!/b.tar', 0, 'tar', 1),
  artifact('b.tar.xz!/top', 1, 'folder'),
  artifact('b.tar.xz!/top/var/log/cld/cld.log.10', 1),
  artifact('b.tar.xz!/top/var/log/cld/cld.log.9', 1, 'unrecognised', 2),
  artifact('b.tar.xz!/top/readme', 1),
  artifact('b.tar.xz!/top/inner.zip', 1, 'zip'),
  artifact('b.tar.xz!/top/inner.zip!/__proto__/x', 6),
  artifact('alone.pcap'),
];
const drawn = (artifacts: readonly ArtifactView[], wanted?: (index: number) => boolean): string[] => {
  const roots = treeOf(artifacts);
  return rowsOfTree(roots, openAtFirst(roots, artifacts.length), wanted).map(
    ({ node, depth }) => `${'  '.repeat(depth)}${node.name}`,
  );
};

describe('the evidence tree', () => {
  it('shows folders of paths, chains of them and archives in streams as one row each', () => {
    expect(drawn(bundle)).toEqual([
      'b.tar.xz',
      '  top',
      '    var/log/cld',
      '      cld.log.9',
      '      cld.log.10',
      '    inner.zip',
      '      __proto__',
      '        x',
      '    readme',
      'alone.pcap',
    ]);
  });

  it('puts the files of a rotated capture under one row, in the order of their times', () => {
    const capture = (path: string, parent: number, from: number): ArtifactView => ({
      ...artifact(path, parent, 'packet-capture', 1),
      from,
    });
    const files = [
      artifact('b.tar', -1, 'tar'),
      capture('b.tar!/traces/sip.pcap0', 0, 3),
      capture('b.tar!/traces/sip.pcap1', 0, 1),
      artifact('b.tar!/traces/sip.pcap2.gz', 0, 'gzip'),
      capture('b.tar!/traces/sip.pcap2.gz!/sip.pcap2', 3, 2),
      capture('b.tar!/traces/other.pcap', 0, 0),
      artifact('b.tar!/traces/cld.log.1', 0),
      artifact('b.tar!/traces/cld.log.2', 0),
      capture('lan.pcap0', -1, 0),
      capture('sip.pcap0', -1, 0),
      capture('sip.pcap1', -1, 0),
    ];
    expect(drawn(files)).toEqual([
      'b.tar',
      '  traces',
      '    cld.log.1',
      '    cld.log.2',
      '    other.pcap',
      '    sip.pcap',
      '      sip.pcap1',
      '      sip.pcap2.gz',
      '        sip.pcap2',
      '      sip.pcap0',
      'lan.pcap0',
      'sip.pcap',
      '  sip.pcap0',
      '  sip.pcap1',
    ]);
    expect(drawn(files, (index) => index === 10)).toEqual(['sip.pcap', '  sip.pcap1']);
    expect(treeOf(files)[2]).toMatchObject({ set: true, filesBelow: 2, problemsBelow: 2 });
  });

  it('narrows to what is wanted, inside what holds it', () => {
    expect(drawn(bundle, (index) => bundle[index]!.kind === 'unrecognised')).toEqual([
      'b.tar.xz',
      '  top',
      '    var/log/cld',
      '      cld.log.9',
    ]);
  });

  it('counts what is below and finds the way to a file', () => {
    const [root] = treeOf(bundle);
    expect(root).toMatchObject({ filesBelow: 5, problemsBelow: 2, within: 1 });
    expect(trailTo(treeOf(bundle), 4).map(({ name }) => name)).toEqual(['b.tar.xz', 'top', 'var/log/cld']);
    expect(trailTo(treeOf(bundle), 1)).toEqual([]);
  });

  it('loses no file, whatever names they have', () => {
    const odd = ['../../etc/passwd', '/abs', 'a//b', 'x/', '', 'same', 'same', `${'d/'.repeat(400)}deep`];
    const artifacts = odd.map((path) => artifact(path));
    const rows = rowsOfTree(treeOf(artifacts), new Set(), () => true);
    expect(rows.filter(({ node }) => node.index >= 0)).toHaveLength(odd.length);
  });
});
