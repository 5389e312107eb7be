/** Where SDP expects media: the m-lines of a message, by the words of their addresses. */
import { parseAddress } from '../../decode/address';
import type { SdpMedia } from '../../decode/sdp';
import { contains } from '../../decode/sip-values';
import type { Pool } from '../../base/strings';

/** `formats`: pool id of the formats of the m-line. */
export type Announce = (address: Uint32Array, port: number, formats: number, isFax: boolean) => void;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const marks = { rtp: ascii('rtp/'), fax: ascii('udptl') };

/** `address`, `formats`: pool ids of those of the m-line. */
export function createAnnouncements(
  strings: Pool,
  announce: Announce,
): (bytes: Uint8Array, media: SdpMedia, address: number, formats: number) => void {
  /** Words of the addresses that SDP names, by pool id; undefined = a host name. */
  const named = new Map<number, Uint32Array | undefined>();
  const wordsOf = (address: number): Uint32Array | undefined => {
    if (!named.has(address)) {
      const words = new Uint32Array(4);
      named.set(address, parseAddress(strings.text(address), words) ? words : undefined);
    }
    return named.get(address);
  };
  return (bytes, { port, profileFrom, profileTo }, address, formats) => {
    if (port === 0) return;
    const isFax = contains(bytes, profileFrom, profileTo, marks.fax);
    if (!isFax && !contains(bytes, profileFrom, profileTo, marks.rtp)) return;
    const words = wordsOf(address);
    if (words) announce(words, port, formats, isFax);
  };
}
