/** One of two shares of an artifact (`ArtifactKind.shared`), read into tables of its own. */
import { kinds } from '../artifacts';
import type { Told } from '../artifacts/kind';
import { createBytePool } from '../base/byte-pool';
import type { Wants } from '../evidence/evidence';
import type { Rows } from '../evidence/append';
import { createBuilders, sealTables } from '../evidence/merge';
import type { TableName, Tables } from '../evidence/schema';

export interface ShareOrder {
  /** Id of the kind. */
  readonly kind: string;
  readonly path: string;
  readonly wants: Wants;
}

export interface ShareResult {
  readonly rows: Rows;
  readonly told: Told;
}

export interface OpenShare {
  push(chunk: Uint8Array): void;
  /** `moved`: what to hand to `postMessage`. */
  end(): { readonly result: ShareResult; readonly moved: readonly ArrayBuffer[] };
}

/** Throws what the reader throws: then the share is read anew by who asked for it, and told there. */
export function openShare({ kind: id, path, wants }: ShareOrder): OpenShare {
  const kind = kinds.find((one) => one.id === id);
  if (!kind) throw new Error(`no kind ${id}`);
  const builders = createBuilders();
  const strings = createBytePool();
  const problems: Told['problems'][number][] = [];
  const reader = kind.open({
    tables: builders,
    strings,
    artifact: 0,
    path,
    wants,
    share: 'helping',
    problem: (code, offset, detail = '') => problems.push({ code, offset, detail }),
    fact: () => undefined,
  });
  return {
    push: (chunk) => reader.push(chunk),
    end() {
      const reading = reader.end();
      const filled = Object.entries(sealTables(builders)).filter(([, { length }]) => length > 0);
      const tables = Object.fromEntries(filled) as Partial<Tables>;
      const table = strings.seal();
      const moved = [
        table.bytes.buffer,
        table.ends.buffer,
        ...(Object.keys(tables) as TableName[]).flatMap((name) => columnsOf(tables[name]!)),
      ];
      return {
        result: { rows: { tables, strings: table }, told: { reading, problems } },
        moved: moved as ArrayBuffer[],
      };
    },
  };
}

const columnsOf = (table: object): ArrayBufferLike[] =>
  Object.values(table).flatMap((column: unknown) => (ArrayBuffer.isView(column) ? [column.buffer] : []));
