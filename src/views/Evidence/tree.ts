/** The tree of what was opened, as rows: containers, with what is in them below while they are open. */
import type { ArtifactView } from '../../analysis/desk';

export interface TreeRow {
  readonly index: number;
  readonly depth: number;
  /** Path below its container. */
  readonly name: string;
  /** Files directly inside. */
  readonly inside: number;
  readonly open: boolean;
  /** Problems of everything below, its own not counted. */
  readonly problemsBelow: number;
}

export interface Tree {
  readonly children: readonly (readonly number[])[];
  readonly roots: readonly number[];
  readonly problemsBelow: Uint32Array;
}

export function treeOf(artifacts: readonly ArtifactView[]): Tree {
  const children: number[][] = artifacts.map(() => []);
  const roots: number[] = [];
  const problemsBelow = new Uint32Array(artifacts.length);
  artifacts.forEach(({ parent }, index) => {
    if (parent < 0 || !children[parent]) roots.push(index);
    else children[parent].push(index);
  });
  // a container stands before what is in it
  for (let index = artifacts.length - 1; index >= 0; index--) {
    const { parent, problemCount } = artifacts[index]!;
    if (parent >= 0 && parent < index) problemsBelow[parent]! += problemsBelow[index]! + problemCount;
  }
  return { children, roots, problemsBelow };
}

/** The name of an artifact below its container. */
export function ownName({ path }: ArtifactView, parent: ArtifactView | undefined): string {
  return parent && path.startsWith(`${parent.path}!/`) ? path.slice(parent.path.length + 2) : path;
}

/** Few files stand open; of many only the first level does. */
export function openAtFirst(artifacts: readonly ArtifactView[], tree: Tree): ReadonlySet<string> {
  const open = new Set<string>();
  const walk = (index: number): void => {
    const inside = tree.children[index]!;
    if (inside.length === 0) return;
    // a stream that holds one archive is no level of its own to a reader
    if (artifacts.length <= 400 || inside.length === 1) open.add(artifacts[index]!.path);
    for (const child of inside) walk(child);
  };
  for (const root of tree.roots) walk(root);
  return open;
}

/**
 * Rows in order. With `wanted` only artifacts that it accepts are shown, below the containers that hold them, whatever
 * is folded.
 */
export function rowsOfTree(
  artifacts: readonly ArtifactView[],
  tree: Tree,
  open: ReadonlySet<string>,
  wanted?: (artifact: ArtifactView, index: number) => boolean,
): TreeRow[] {
  const kept = new Uint8Array(artifacts.length);
  if (wanted) {
    artifacts.forEach((artifact, index) => {
      if (!wanted(artifact, index)) return;
      for (let at = index; at >= 0 && !kept[at]; at = artifacts[at]!.parent) kept[at] = 1;
    });
  }
  const rows: TreeRow[] = [];
  // an own stack: nesting is bounded, names are not
  const stack = [...tree.roots].reverse().map((index) => ({ index, depth: 0 }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { index, depth } = next;
    if (wanted && !kept[index]) continue;
    const artifact = artifacts[index]!;
    const inside = tree.children[index]!;
    const isOpen = inside.length > 0 && (wanted !== undefined || open.has(artifact.path));
    rows.push({
      index,
      depth,
      name: ownName(artifact, artifacts[artifact.parent]),
      inside: inside.length,
      open: isOpen,
      problemsBelow: tree.problemsBelow[index]!,
    });
    if (isOpen) for (let n = inside.length - 1; n >= 0; n--) stack.push({ index: inside[n]!, depth: depth + 1 });
  }
  return rows;
}
