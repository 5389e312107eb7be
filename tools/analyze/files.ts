/** The files that the command was given, folders walked, under names that do not depend on where they lie. */
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { usageFault } from './args';

export interface Input {
  /** As a drop in the browser would name it: the file, or the folder and what is below it. */
  readonly path: string;
  readonly file: string;
}

export function findInputs(paths: readonly string[]): Input[] {
  const inputs: Input[] = [];
  for (const path of paths) {
    const full = resolve(path);
    let folder: boolean;
    try {
      folder = statSync(full).isDirectory();
    } catch {
      throw usageFault(`${path}: no such file or folder`);
    }
    if (folder) walk(full, basename(full), inputs);
    else inputs.push({ path: basename(full), file: full });
  }
  return apart(inputs).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.file < b.file ? -1 : 1));
}

function walk(folder: string, name: string, into: Input[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = join(folder, entry.name);
    const path = `${name}/${entry.name}`;
    // a link may lead out of the folder, or round and round
    if (entry.isDirectory()) walk(full, path, into);
    else if (entry.isFile() || (entry.isSymbolicLink() && linksToFile(full))) into.push({ path, file: full });
  }
}

function linksToFile(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink() && statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Files of one name get as much of their folder as tells them apart. */
function apart(inputs: readonly Input[]): Input[] {
  const unique = [...new Map(inputs.map((input) => [`${input.path}\n${input.file}`, input])).values()];
  const count = new Map<string, number>();
  for (const { path } of unique) count.set(path, (count.get(path) ?? 0) + 1);
  return unique.map((input) => {
    if (count.get(input.path) === 1) return input;
    const others = unique.filter(({ path, file }) => path === input.path && file !== input.file);
    const parts = input.file.split(sep);
    let length = input.path.split('/').length;
    const tail = (file: string): string => file.split(sep).slice(-length).join('/');
    while (length < parts.length && others.some(({ file }) => tail(file) === tail(input.file))) length++;
    return { ...input, path: tail(input.file) };
  });
}
