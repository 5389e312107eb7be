/** A session file is a zip whose first entry is its manifest (`bundle.ts`). Small: it is asked of every dropped file. */
export const manifestName = 'manifest.json';

/** A cheap look: does a file claim to be a session file? False where it cannot be read: the reader tells that. */
export async function looksLikeSession(blob: Blob): Promise<boolean> {
  try {
    const head = new Uint8Array(await blob.slice(0, 30 + manifestName.length).arrayBuffer());
    return head[0] === 0x50 && head[1] === 0x4b && new TextDecoder('latin1').decode(head.subarray(30)) === manifestName;
  } catch {
    return false;
  }
}
