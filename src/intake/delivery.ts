/**
 * How the evidence of a file gets from its reader to the desk: over a port of its own, which the page hands on unopened. The
 * page never holds tables, however large they are or however many files they come of.
 */
import type { Harvest, Source } from '../evidence/evidence';
import { harvestTransferables, withoutEmptyTables } from '../evidence/merge';
import type { IntakeResult } from './intake';
import { packedTransferables } from './packed';

/** What the page is told of it. */
export interface Told {
  readonly source: Source;
  /** Codes of the problems of the file itself, and of limits reached within it. */
  readonly problems: readonly string[];
}
export type Delivery = Pick<IntakeResult, 'harvest' | 'blobs' | 'packed'>;

/** Some browsers pass what goes over a port through another process, in messages of at most 256 MB. */
const pagesAtOnce = 32;
/** ms; what is delivered was sent before anyone waits for it. */
const patience = 60_000;

/** Everything moves; nothing of the result is of use afterwards. */
export function deliver({ harvest, blobs, packed }: Delivery, port: MessagePort): Told {
  const told = toldOf(harvest);
  const pages = packed?.pages ?? [];
  for (let at = 0; at < pages.length; at += pagesAtOnce) {
    const some = pages.slice(at, at + pagesAtOnce);
    port.postMessage(
      some,
      some.map(({ buffer }) => buffer as ArrayBuffer),
    );
  }
  const rest: Delivery = {
    harvest: withoutEmptyTables(harvest),
    blobs,
    ...(packed ? { packed: { ...packed, pages: [] } } : {}),
  };
  port.postMessage(rest, [
    ...harvestTransferables(rest.harvest),
    ...(rest.packed ? packedTransferables(rest.packed) : []),
  ]);
  return told;
}

const toldOf = ({ source, problems }: Harvest): Told => ({
  source,
  problems: [
    ...new Set(problems.flatMap(({ artifact, code }) => (artifact === 0 || code === 'budget-reached' ? [code] : []))),
  ],
});

export function received(port: MessagePort): Promise<Delivery> {
  return new Promise<Delivery>((resolve, reject) => {
    const pages: Uint8Array[] = [];
    const late = setTimeout(() => reject(new Error('what was read did not arrive')), patience);
    port.onmessage = ({ data }: MessageEvent<Uint8Array[] | Delivery>) => {
      if (Array.isArray(data)) return void pages.push(...data);
      clearTimeout(late);
      const { packed } = data;
      resolve(packed ? { ...data, packed: { ...packed, pages } } : data);
    };
    port.onmessageerror = () => reject(new Error('what was read arrived damaged'));
  }).finally(() => port.close());
}
