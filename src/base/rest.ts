/**
 * A worker that reads rests for a moment when a person uses the page: beside two readers on two cores a frame takes
 * several times as long. Whoever scrolls without end slows the reading down, but does not stop it.
 */

/** What the page posts when somebody uses it; no call of the bridge looks like it. */
export const useWord = 'in use';
/** ms; a frame of a table takes most of it. */
export const restMs = 30;

const share = 0.6;
/** ms that may be rested in advance. */
const most = 300;

/** ms of work after which a word of the page is listened for. */
const deaf = 8;

let listens = false;
let until = 0;
let allowance = most;
let asked = 0;
let heard = 0;

/** Has this worker rest at the page's word. Elsewhere than in a worker nobody rests. */
export function restWhenUsed(worker: EventTarget): void {
  listens = true;
  worker.addEventListener('message', (event) => {
    if ((event as MessageEvent<unknown>).data === useWord) until = performance.now() + restMs;
  });
}

/** Asked by loops between two pieces of work; resolves when the moment is over. */
export async function rested(): Promise<void> {
  if (!listens) return;
  if (performance.now() - heard > deaf) {
    await turn();
    heard = performance.now();
  }
  if (until === 0) return;
  const now = performance.now();
  allowance = Math.min(most, allowance + share * (now - asked));
  asked = now;
  const left = Math.min(until - now, allowance);
  if (left < 1) return;
  allowance -= left;
  await new Promise((resolve) => setTimeout(resolve, left));
}

let channel: MessageChannel | undefined;
/** Behind the messages that wait already. A timer would cost a millisecond or four. */
function turn(): Promise<void> {
  const { port1, port2 } = (channel ??= new MessageChannel());
  return new Promise((resolve) => {
    port2.onmessage = () => resolve();
    port1.postMessage(0);
  });
}
