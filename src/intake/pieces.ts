/** The buffers in which content goes from worker to worker. */
export const pieceBytes = 2 ** 19;

/** Gives the memory back at once, where the browser can: garbage of such buffers may grow to a hundred megabytes. */
export function release(buffer: ArrayBuffer | undefined): void {
  (buffer as { transfer?(length: number): void } | undefined)?.transfer?.(0);
}
