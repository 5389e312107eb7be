/**
 * The tree of what was opened: containers, the folders inside them by their paths, and files. A chain of folders with
 * nothing else in it is one row, as `var/log/cld`. The files of a rotated capture stand under one row.
 */
import type { ArtifactView } from '../../analysis/desk';
import { logOf } from '../../evidence/rotated';

export interface Node {
  /** Unlike every other: the path with containers, a folder's with a slash at its end. */
  readonly id: string;
  /** Index of the artifact, −1 for a folder that only paths speak of. */
  readonly index: number;
  readonly name: string;
  /** The archive that a stream holds, shown as one with it; −1 = none. */
  readonly within: number;
  /** True for the row of a rotated capture; it has no file of its own. */
  readonly set: boolean;
  readonly children: readonly Node[];
  /** Problems and files of everything below, its own not counted. */
  readonly problemsBelow: number;
  readonly filesBelow: number;
}
export interface TreeRow {
  readonly node: Node;
  readonly depth: number;
  readonly open: boolean;
}

interface Growing {
  id: string;
  index: number;
  name: string;
  readonly folders: Map<string, Growing>;
  readonly children: Growing[];
}
const growing = (id: string, index: number, name: string): Growing => ({
  id,
  index,
  name,
  folders: new Map(),
  children: [],
});

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

export function treeOf(artifacts: readonly ArtifactView[]): Node[] {
  const top = growing('', -1, '');
  const nodes: Growing[] = [];
  artifacts.forEach((artifact, index) => {
    const { parent, path, kind } = artifact;
    const holder = nodes[parent] ?? top;
    const own = ownName(artifacts, parent, path);
    const parts = own.split('/').filter((part) => part !== '');
    const name = parts.pop() ?? own;
    let at = holder;
    for (const part of parts) {
      let folder = at.folders.get(part);
      if (!folder) {
        folder = growing(`${at.id}${at === holder && holder !== top ? '!/' : ''}${part}/`, -1, part);
        at.folders.set(part, folder);
        at.children.push(folder);
      }
      at = folder;
    }
    const known = kind === 'folder' ? at.folders.get(name) : undefined;
    const node = known ?? growing(kind === 'folder' ? `${path.replace(/\/+$/, '')}/` : path, index, name);
    node.index = index;
    if (kind === 'folder') at.folders.set(name, node);
    if (!known) at.children.push(node);
    nodes[index] = node;
  });
  return gathered(
    top.children.map((node) => settle(node, artifacts)),
    artifacts,
  );
}

/** The files of one capture, side by side or each in a stream of its own, under one node. */
function gathered(nodes: Node[], artifacts: readonly ArtifactView[]): Node[] {
  const sets = new Map<string, Node[]>();
  for (const node of nodes) {
    if (artifacts[fileOf(node).index]?.kind !== 'packet-capture') continue;
    const log = logOf(artifacts[node.index]?.path ?? node.id);
    sets.set(log, [...(sets.get(log) ?? []), node]);
  }
  const result = new Set<Node>(nodes);
  for (const [log, own] of sets) {
    if (own.length < 2) continue;
    for (const node of own) result.delete(node);
    const timeOf = (node: Node): number => artifacts[fileOf(node).index]!.from || 0;
    own.sort((a, b) => timeOf(a) - timeOf(b) || byName(a, b));
    result.add({
      ...summed(own, artifacts),
      // no file has a name that ends so
      id: `${log}*/`,
      index: -1,
      name: log.slice(log.lastIndexOf('/') + 1),
      within: -1,
      set: true,
      children: own,
    });
  }
  return [...result];
}

/** What a stream holds; the node itself where it is no stream. */
const fileOf = (node: Node): Node => (node.children.length === 1 ? node.children[0]! : node);

function summed(
  children: readonly Node[],
  artifacts: readonly ArtifactView[],
): Pick<Node, 'problemsBelow' | 'filesBelow'> {
  const problemsOf = (child: Node): number => child.problemsBelow + (artifacts[child.index]?.problemCount ?? 0);
  return {
    problemsBelow: children.reduce((sum, child) => sum + problemsOf(child), 0),
    filesBelow: children.reduce((sum, child) => sum + child.filesBelow + (isFolderNode(child, artifacts) ? 0 : 1), 0),
  };
}
const byName = (a: Node, b: Node): number => natural.compare(a.name, b.name);

/** The path below what holds it; a stream that holds an archive leaves no part of its own in the paths of members. */
function ownName(artifacts: readonly ArtifactView[], parent: number, path: string): string {
  for (let at = parent; at >= 0; at = artifacts[at]?.parent ?? -1) {
    const before = `${artifacts[at]!.path}!/`;
    if (path.startsWith(before)) return path.slice(before.length);
  }
  return path;
}

/** Folders first, each by name; chains become one. Depth is bounded by the length of paths, not by the stack. */
function settle(root: Growing, artifacts: readonly ArtifactView[]): Node {
  const done = new Map<Growing, Node>();
  const stack: { node: Growing; seen: boolean }[] = [{ node: root, seen: false }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, seen } = next;
    if (!seen) {
      stack.push({ node, seen: true });
      for (const child of node.children) stack.push({ node: child, seen: false });
      continue;
    }
    const children = gathered(
      node.children.map((child) => done.get(child)!),
      artifacts,
    );
    const only = children[0];
    if (children.length === 1 && only && isFolder(node, artifacts) && isFolderNode(only, artifacts) && !only.set) {
      done.set(node, { ...only, name: `${node.name}/${only.name}` });
      continue;
    }
    // an archive in a stream (tar in xz) is one thing to a reader
    if (
      children.length === 1 &&
      only &&
      !isFolder(node, artifacts) &&
      !isFolder(only, artifacts) &&
      only.children.length > 0
    ) {
      done.set(node, { ...only, id: node.id, index: node.index, name: node.name, within: only.index });
      continue;
    }
    children.sort(
      (a, b) =>
        Number(isFolderNode(b, artifacts) && !b.set) - Number(isFolderNode(a, artifacts) && !a.set) || byName(a, b),
    );
    done.set(node, {
      id: node.id,
      index: node.index,
      name: node.name,
      within: -1,
      set: false,
      children,
      ...summed(children, artifacts),
    });
  }
  return done.get(root)!;
}

const isFolder = ({ index }: { readonly index: number }, artifacts: readonly ArtifactView[]): boolean =>
  index < 0 || artifacts[index]!.kind === 'folder';
export const isFolderNode: (node: Node, artifacts: readonly ArtifactView[]) => boolean = isFolder;

/** Few files stand open; of many only what leads to a choice does. */
export function openAtFirst(roots: readonly Node[], files: number): ReadonlySet<string> {
  const open = new Set<string>();
  const stack = [...roots];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.children.length === 0) continue;
    if (files <= 400 || node.children.length === 1) open.add(node.id);
    stack.push(...node.children);
  }
  return open;
}

/** Rows in order. With `wanted` only what it accepts is shown, in its folders and containers, whatever is folded. */
export function rowsOfTree(
  roots: readonly Node[],
  open: ReadonlySet<string>,
  wanted?: (index: number) => boolean,
): TreeRow[] {
  const kept = new Set<Node>();
  if (wanted) {
    const stack: { node: Node; trail: readonly Node[] }[] = roots.map((node) => ({ node, trail: [] }));
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { node, trail } = next;
      const here = [...trail, node];
      if ([node.index, node.within].some((index) => index >= 0 && wanted(index))) for (const one of here) kept.add(one);
      for (const child of node.children) stack.push({ node: child, trail: here });
    }
  }
  const rows: TreeRow[] = [];
  const stack = [...roots].reverse().map((node) => ({ node, depth: 0 }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, depth } = next;
    if (wanted && !kept.has(node)) continue;
    const isOpen = node.children.length > 0 && (wanted !== undefined || open.has(node.id));
    rows.push({ node, depth, open: isOpen });
    if (isOpen)
      for (let n = node.children.length - 1; n >= 0; n--) stack.push({ node: node.children[n]!, depth: depth + 1 });
  }
  return rows;
}

/** The nodes above the one of an artifact, outermost first. */
export function trailTo(roots: readonly Node[], index: number): readonly Node[] {
  const stack: { node: Node; trail: readonly Node[] }[] = roots.map((node) => ({ node, trail: [] }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.node.index === index || next.node.within === index) return next.trail;
    const trail = [...next.trail, next.node];
    for (const node of next.node.children) stack.push({ node, trail });
  }
  return [];
}
