/** What buttons, menus, keys and the command box of the frame all do; one place, so that they do the same. */
import { workspace } from '../../state/workspace.svelte';
import { selection } from '../../state/selection.svelte';
import { fromInput, type Incoming } from '../../state/doors';
import { saveFile } from '../save';
import { titleOf } from './session';

/** Which dialog of the frame is open. */
export const dialogs = $state<{ open: 'none' | 'help' | 'privacy' | 'command' | 'erase' | 'close' }>({ open: 'none' });

/** All doors end here: read, then show what was found. */
export async function take(incoming: readonly Incoming[]): Promise<void> {
  if (incoming.length === 0) return;
  const fresh = !workspace.opened;
  const done = workspace.ingest(incoming);
  if (fresh || selection.view === 'start') selection.go('overview');
  await done;
}

/** Opens the browser's picker. The input must hang in the page: some browsers drop a loose one before it answers. */
export function pick(how: 'files' | 'folder' | 'session'): void {
  workspace.warm();
  const input = document.createElement('input');
  input.type = 'file';
  input.hidden = true;
  input.multiple = how !== 'session';
  if (how === 'folder') input.webkitdirectory = true;
  if (how === 'session') input.accept = '.psiscope';
  input.addEventListener('change', () => {
    const files = fromInput(input.files ?? []);
    input.remove();
    void take(files);
  });
  input.addEventListener('cancel', () => input.remove());
  document.body.append(input);
  input.click();
}

export async function sample(id: string): Promise<void> {
  const { loadSample } = await import('../../state/samples');
  if (workspace.opened) await workspace.close();
  await take(await loadSample(id));
}

export async function openSession(id: string): Promise<void> {
  await workspace.open(id);
  selection.setSession(workspace.state.session?.id);
  selection.go('overview');
}

export async function exportSession(): Promise<void> {
  const file = await workspace.exported();
  if (file) saveFile(file, `${titleOf(workspace.state)}.psiscope`);
}

/** Closing a session in memory loses what was written: then it is asked first. */
export function askClose(): void {
  if (workspace.opened && workspace.keeping !== 'kept') dialogs.open = 'close';
  else void close();
}
export async function close(): Promise<void> {
  selection.unpinAll();
  await workspace.close();
  selection.setSession(undefined);
  selection.go('start');
}
export async function erase(): Promise<number> {
  const left = await workspace.closeAndErase();
  selection.unpinAll();
  selection.setSession(undefined);
  selection.go('start');
  return left;
}
