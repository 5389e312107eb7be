/** The buffers in which content goes from worker to worker. */
export const pieceBytes = 2 ** 19;

/** Nobody hears what is sent here. */
let nowhere: MessagePort | undefined;

/**
 * Gives the memory back at once: garbage of such buffers grows by all that is read. In Chromium `transfer(0)` does not,
 * since what came from a Blob or a message is held by its wrapper as well; what is sent away is not.
 */
export function release(buffer: ArrayBuffer | undefined): void {
  if (!buffer || buffer.byteLength === 0) return;
  if (!nowhere) {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    nowhere = port1;
  }
  nowhere.postMessage(0, [buffer]);
}
