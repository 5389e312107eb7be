/** What a person said, step by step, to be taken back and said again. */
import type { Notes } from '../analysis/desk';
import type { Declared } from '../facts/facts';

interface Said {
  readonly notes: Notes;
  readonly declared: Declared;
}

const depth = 100;

export class History {
  canUndo = $state(false);
  #past: Said[] = [];
  #future: Said[] = [];

  /** Before something new is said. */
  remember({ notes, declared }: Said): void {
    this.#past = [...this.#past.slice(-depth), { notes, declared }];
    this.#future = [];
    this.canUndo = true;
  }
  /** What was said before; `now` can be said again. Undefined where nothing was. */
  back = (now: Said): Said | undefined => this.#step(this.#past, this.#future, now);
  again = (now: Said): Said | undefined => this.#step(this.#future, this.#past, now);

  #step(from: Said[], to: Said[], { notes, declared }: Said): Said | undefined {
    const said = from.pop();
    if (said) to.push({ notes, declared });
    this.canUndo = this.#past.length > 0;
    return said;
  }
  clear(): void {
    this.#past = [];
    this.#future = [];
    this.canUndo = false;
  }
}
