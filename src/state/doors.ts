/** The doors by which evidence comes in. Each gives the same list of named blobs for `workspace.ingest`. */
export interface Incoming {
  /** Name, with folders where a folder was dropped or picked. */
  readonly path: string;
  readonly blob: Blob;
}

/** Files listed in one go; a dropped folder may hold a whole disk. */
const maxFiles = 20_000;

export function fromInput(files: FileList | readonly File[]): Incoming[] {
  return [...files].map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }));
}

/** Drop: files and whole folders. Entries must be taken from the event at once, before anything is awaited. */
export async function fromDrop(transfer: DataTransfer): Promise<Incoming[]> {
  const entries: FileSystemEntry[] = [];
  const loose: File[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry?.();
    if (entry) entries.push(entry);
    else {
      const file = item.getAsFile();
      if (file) loose.push(file);
    }
  }
  const text = entries.length + loose.length === 0 ? transfer.getData('text/plain') : '';
  if (entries.length === 0 && loose.length === 0) return text ? [pasted(text)] : fromInput(transfer.files);
  const incoming = fromInput(loose);
  for (const entry of entries) await walk(entry, incoming);
  return incoming;
}

async function walk(entry: FileSystemEntry, into: Incoming[]): Promise<void> {
  if (into.length >= maxFiles) return;
  if (entry.isFile) {
    const file = await new Promise<File | undefined>((resolve) =>
      (entry as FileSystemFileEntry).file(resolve, () => resolve(undefined)),
    );
    // a file that cannot be opened is listed all the same: reading it reports the fault
    into.push({ path: entry.fullPath.replace(/^\//, ''), blob: file ?? new Blob([]) });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // browsers hand out at most 100 entries a call
    const batch = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (batch.length === 0) return;
    for (const child of batch) await walk(child, into);
  }
}

/** Paste: files, or the text of a log, a trace, a report. */
export function fromPaste(transfer: DataTransfer): Incoming[] {
  if (transfer.files.length > 0) return fromInput(transfer.files);
  const text = transfer.getData('text/plain');
  return text.trim() ? [pasted(text)] : [];
}

/** Same text, same name: pasted twice it is one source. */
export function pasted(text: string): Incoming {
  return { path: 'pasted.txt', blob: new Blob([text], { type: 'text/plain' }) };
}

interface LaunchParams {
  readonly files: readonly { getFile(): Promise<File> }[];
}
interface LaunchQueue {
  setConsumer(take: (params: LaunchParams) => void): void;
}

/** «Open with» of an installed app. */
export function onLaunch(take: (incoming: Incoming[]) => void): void {
  const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer((params) => {
    if (params.files.length === 0) return;
    void Promise.allSettled(params.files.map((handle) => handle.getFile())).then((results) =>
      take(fromInput(results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])))),
    );
  });
}
