/** Draws tars, good and bad: ustar, pax, GNU long names, sparse, any header field. */
const block = 512;
const encoder = new TextEncoder();

export interface TarEntry {
  readonly name: string;
  readonly bytes?: Uint8Array | string;
  /** Type flag, `0` unless given. */
  readonly type?: string;
  readonly target?: string;
  /** pax records for this entry. */
  readonly pax?: Readonly<Record<string, string>>;
  /** Name in a GNU `L` entry before it. */
  readonly longName?: string;
  /** Size field as written, in place of the octal size. */
  readonly sizeField?: Uint8Array | string;
  readonly magic?: 'ustar' | 'gnu' | 'v7';
  readonly prefix?: string;
  /** Wrong checksum. */
  readonly damaged?: boolean;
}

export const toBytes = (content: Uint8Array | string = ''): Uint8Array =>
  typeof content === 'string' ? encoder.encode(content) : content;

export function joined(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const all = parts.map(toBytes);
  const result = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

export function tarEntry(entry: TarEntry): Uint8Array {
  const bytes = toBytes(entry.bytes);
  const before: Uint8Array[] = [];
  if (entry.longName !== undefined) {
    before.push(tarEntry({ name: '././@LongLink', type: 'L', bytes: `${entry.longName}\0`, magic: 'gnu' }));
  }
  if (entry.pax) before.push(tarEntry({ name: 'PaxHeader', type: 'x', bytes: paxRecords(entry.pax) }));
  return joined(...before, tarHeader(entry, bytes.length), bytes, new Uint8Array(-bytes.length & (block - 1)));
}

function tarHeader(entry: TarEntry, size: number): Uint8Array {
  const header = new Uint8Array(block);
  const put = (at: number, text: Uint8Array | string): void => header.set(toBytes(text), at);
  put(0, toBytes(entry.name).subarray(0, 100));
  put(100, '0000644\0');
  put(108, '0000000\0');
  put(116, '0000000\0');
  put(124, entry.sizeField ?? `${size.toString(8).padStart(11, '0')}\0`);
  put(136, '14000000000\0');
  put(156, entry.type ?? '0');
  put(157, toBytes(entry.target).subarray(0, 100));
  if (entry.magic !== 'v7') put(257, entry.magic === 'gnu' ? 'ustar  \0' : 'ustar\x0000');
  put(345, entry.prefix ?? '');
  put(148, '        ');
  const sum = header.reduce((total, byte) => total + byte, 0) + (entry.damaged ? 1 : 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return header;
}

export function paxRecords(records: Readonly<Record<string, string>>): Uint8Array {
  return joined(
    ...Object.entries(records).map(([key, value]) => {
      const rest = toBytes(` ${key}=${value}\n`).length;
      let length = rest + 1;
      while (String(length).length + rest !== length) length = String(length).length + rest;
      return `${length} ${key}=${value}\n`;
    }),
  );
}

export const tarEnd = new Uint8Array(2 * block);

export function tar(entries: readonly TarEntry[]): Uint8Array {
  return joined(...entries.map(tarEntry), tarEnd);
}

/** Base-256 number field, as GNU writes sizes above 8 GiB. */
export function base256(value: number): Uint8Array {
  const field = new Uint8Array(12);
  for (let at = 11, left = value; at > 0; at--, left = Math.floor(left / 256)) field[at] = left % 256;
  field[0] = 0x80;
  return field;
}
