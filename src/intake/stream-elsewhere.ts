/**
 * A compressed stream that another worker reads, hashes and unpacks, where one has time: its content comes in buffers that
 * go to and fro, a few MiB ahead. One that dies or falls silent costs time only: the rest is unpacked here.
 */
import { after } from './chunks';
import type { Container, ContainerInput, ContainerReport, Member } from './containers/container';
import { pieceBytes, release } from './pieces';
import type { StreamOrder } from './stream-helper';
import type { Lend } from './xz-blocks';
import type { FromHelper, ToHelper } from './xz-helper';

/** Longer than one read of the other one may take; so long it may also take to start. */
const usualPatience = 25_000;
/** Buffers on their way. */
const room = 8;

/** How far the other one is, and the SHA-256 of the file when it has come to its end. */
export interface Elsewhere {
  readonly taken: number;
  readonly digest: string | undefined;
}

/** The one member of a stream. `handed` hears who has it, and undefined when it is read here after all. */
export async function* membersElsewhere(
  container: Container,
  input: ContainerInput & { readonly atRest: Blob },
  report: ContainerReport,
  lend: Lend,
  handed: (to: Elsewhere | undefined) => void,
  patience = usualPatience,
): AsyncGenerator<Member> {
  let packed = (): number => 0;
  yield { name: '', type: 'file', packed: () => packed(), chunks: content };

  async function* content(): AsyncGenerator<Uint8Array> {
    let given = 0;
    let told = 0;
    const port = await lend().catch(() => undefined);
    if (port) {
      const state: { taken: number; digest: string | undefined } = { taken: 0, digest: undefined };
      const { path, atRest: blob } = input;
      const other = listen(port, { blob, path, container: container.id }, patience);
      packed = () => state.taken;
      handed(state);
      try {
        for (;;) {
          const said = await other.next();
          if (said === undefined || 'failed' in said) break;
          if ('problem' in said) {
            told++;
            report.problem(...said.problem);
          } else if ('buffer' in said) {
            given += said.length;
            state.taken = said.taken;
            yield new Uint8Array(said.buffer, 0, said.length);
            other.giveBack(said.buffer);
          } else if ('digest' in said) {
            state.digest = said.digest;
            return;
          }
        }
      } finally {
        other.close();
      }
      handed(undefined);
    }
    const known = told;
    let again = 0;
    const rest: ContainerReport = { problem: (...problem) => void (++again > known && report.problem(...problem)) };
    for await (const member of container.members(input, rest)) {
      packed = () => member.packed?.() ?? 0;
      yield* after(given, member.chunks());
    }
  }
}

interface Other {
  /** Undefined where it is not heard of any more. */
  next(): Promise<FromHelper | undefined>;
  giveBack(buffer: ArrayBuffer): void;
  close(): void;
}

function listen(port: MessagePort, order: StreamOrder, patience: number): Other {
  const heard: FromHelper[] = [];
  let wake: () => void = () => undefined;
  const say = (message: ToHelper, moved: Transferable[] = []): void => port.postMessage(message, moved);
  port.onmessage = ({ data }: MessageEvent<FromHelper>) => {
    if ('ready' in data) return;
    heard.push(data);
    wake();
  };
  const buffers = Array.from({ length: room }, () => new ArrayBuffer(pieceBytes));
  say({ stream: order });
  say({ room: buffers }, buffers);
  return {
    async next() {
      if (heard.length === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, patience);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return heard.shift();
    },
    giveBack: (buffer) => say({ room: [buffer] }, [buffer]),
    close() {
      say({ stop: true });
      port.close();
      for (const said of heard) if ('buffer' in said) release(said.buffer);
    },
  };
}
