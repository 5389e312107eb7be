/** Where SDP expects media: the m-lines of a message, by the words of their addresses. */
import { readAddress } from '../../decode/address';
import type { SdpMedia } from '../../decode/sdp';
import { contains } from '../../decode/sip-values';

/** `formats`: pool id of the formats of the m-line. The address is lent. */
export type Announce = (address: Uint32Array, port: number, formats: number, isFax: boolean) => void;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const marks = { rtp: ascii('rtp/'), fax: ascii('udptl') };

/** `formats`: pool id of those of the m-line. */
export function createAnnouncements(announce: Announce): (bytes: Uint8Array, media: SdpMedia, formats: number) => void {
  const words = new Uint32Array(4);
  return (bytes, { port, profileFrom, profileTo, addressFrom, addressTo }, formats) => {
    if (port === 0) return;
    const isFax = contains(bytes, profileFrom, profileTo, marks.fax);
    if (!isFax && !contains(bytes, profileFrom, profileTo, marks.rtp)) return;
    // a host name says nothing here
    if (readAddress(bytes, addressFrom, addressTo, words)) announce(words, port, formats, isFax);
  };
}
