import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** SHA-256 of a file in lower-case hex, a piece at a time: the page stays responsive and memory flat. */
export async function digestOf(blob: Blob, progress: (share: number) => void): Promise<string> {
  const piece = 512 * 1024;
  const hash = sha256.create();
  for (let at = 0; at < blob.size; at += piece) {
    hash.update(new Uint8Array(await blob.slice(at, at + piece).arrayBuffer()));
    progress(Math.min(1, (at + piece) / blob.size));
  }
  return bytesToHex(hash.digest());
}
