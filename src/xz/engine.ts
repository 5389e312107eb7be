/**
 * Instances of the compiled engine, one a decoder: each has its own memory, so any number may be open at once. Where
 * WebAssembly is missing or forbidden, the same engine as JavaScript.
 */
import { layout, wasm } from 'virtual:xz-engine';

interface Exports {
  readonly memory: WebAssembly.Memory;
  /** Fills the tables of the sums. Once. */
  tables(): void;
  /** State and probabilities as at the start. */
  reset(): void;
  /** One LZMA chunk; 0 = whole, 1 = input too short, 2 = fault. See `tools/xz/engine-source.mjs`. */
  decode(
    from: number,
    fromEnd: number,
    to: number,
    toEnd: number,
    start: number,
    lap: number,
    dictionary: number,
    lc: number,
    lp: number,
    pb: number,
  ): number;
  /** A part of LZMA alone; 0 = came to a stop, 1 = input too short, 2 = fault, 3 = its end marker. */
  decodePart(
    from: number,
    fromEnd: number,
    fromStop: number,
    to: number,
    toEnd: number,
    toStop: number,
    start: number,
    lap: number,
    dictionary: number,
    lc: number,
    lp: number,
    pb: number,
  ): number;
  /** Carry on the sum at `layout.check` over the bytes between two addresses. */
  crc32(from: number, to: number): void;
  crc64(from: number, to: number): void;
}

export interface Engine {
  readonly exports: Exports;
  /** The whole memory; another one after `reserve`. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** A larger memory is not kept for the next decoder: it never shrinks. */
const keptBytes = 24 * 2 ** 20;
const pageBytes = 65_536;
/** Memory is asked for in such steps. */
const growBytes = 4 * 2 ** 20;

const idle: Engine[] = [];
let compiled: Promise<WebAssembly.Module> | undefined;

export async function takeEngine(): Promise<Engine> {
  const waiting = idle.pop();
  if (waiting) return waiting;
  const engine = (await instantiate()) as unknown as Exports;
  engine.tables();
  return { exports: engine, bytes: new Uint8Array(engine.memory.buffer as ArrayBuffer) };
}

async function instantiate(): Promise<object> {
  try {
    compiled ??= WebAssembly.compile(Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0)));
    return (await WebAssembly.instantiate(await compiled)).exports;
  } catch {
    // some policies of companies take WebAssembly away, others leave it there and forbid to compile
    return (await import('virtual:xz-engine-js')).instantiate();
  }
}

export function giveBack(engine: Engine): void {
  if (engine.bytes.length <= keptBytes && idle.length < 4) idle.push(engine);
}

/** Makes the memory reach to `end`; false where there is not so much. */
export function reserve(engine: Engine, end: number): boolean {
  const missing = end - engine.bytes.length;
  if (missing <= 0) return true;
  const { memory } = engine.exports;
  for (const step of [Math.max(missing, growBytes), missing]) {
    try {
      memory.grow(Math.ceil(step / pageBytes));
      // the JavaScript form says nothing where it could not
      if (memory.buffer.byteLength < end) continue;
      engine.bytes = new Uint8Array(memory.buffer as ArrayBuffer);
      return true;
    } catch {
      // less may do
    }
  }
  return false;
}

export { layout };
