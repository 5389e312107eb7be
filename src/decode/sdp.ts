/**
 * SDP (RFC 8866), one record a media description (§5.14), cut out of bytes without making strings:
 *
 *     c=IN IP4 192.0.2.1
 *     m=audio 49170 RTP/AVP 0 101
 *     a=rtpmap:101 telephone-event/8000
 *     a=sendonly
 *
 * Address, direction and keys of the session hold where the media say nothing (§5.7, §6.7; RFC 4568, RFC 8122).
 */
import { lineEndAt, viewOf } from '../base/words';
import { contains, cutNumber, lower } from './sip-values';
import { staticCodec } from './rtp-codecs';

/** The media description at hand; spans are indices into the bytes that were read. */
export interface SdpMedia {
  index: number;
  kindFrom: number;
  kindTo: number;
  addressFrom: number;
  addressTo: number;
  port: number;
  profileFrom: number;
  profileTo: number;
  /** 1 sendrecv (the default), 2 sendonly, 3 recvonly, 4 inactive. */
  direction: number;
  /** 1 = `a=crypto`, 2 = `a=fingerprint`. */
  keyed: number;
  /** `- 19222 1 IN IP4 192.0.2.20`, of the session (§5.2). */
  originFrom: number;
  originTo: number;
  /** Milliseconds of `a=ptime`, 0 = not said. */
  ptime: number;
  /** Bits: 1 rtcp-mux, 2 candidate, 4 relay candidate, 8 ice-mismatch, 16/32/64 setup active/passive/actpass. */
  flags: number;
  /** `1 AES_CM_128_HMAC_SHA1_80`: tags and suites without keys, bytes 0..`cryptoLength`. */
  readonly crypto: Uint8Array;
  cryptoLength: number;
  /** `8 PCMA/8000, 101 telephone-event/8000`: bytes 0..`formatsLength`, overwritten by the next one. */
  readonly formats: Uint8Array;
  formatsLength: number;
}

const maxMedia = 64;
const maxFormats = 64;
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const directionNames = ['sendrecv', 'sendonly', 'recvonly', 'inactive'].map(ascii);
const attribute = {
  rtpmap: ascii('rtpmap:'),
  crypto: ascii('crypto:'),
  fingerprint: ascii('fingerprint:'),
  ptime: ascii('ptime:'),
  candidate: ascii('candidate:'),
};
const relay = ascii(' typ relay');
/** Attributes without a place of their own, and their bits in `flags`. */
const flagNames: readonly (readonly [Uint8Array, number])[] = [
  [ascii('rtcp-mux'), 1],
  [ascii('ice-mismatch'), 8],
  [ascii('setup:active'), 16],
  [ascii('setup:passive'), 32],
  [ascii('setup:actpass'), 64],
];

export interface SdpReader {
  /** Calls `each` for every media description of the text `from`..`to`; media after the 64th are not read. */
  read(bytes: Uint8Array, from: number, to: number, each: (media: SdpMedia) => void): void;
}

export function createSdpReader(): SdpReader {
  const media: SdpMedia = {
    index: 0,
    kindFrom: 0,
    kindTo: 0,
    addressFrom: 0,
    addressTo: 0,
    port: 0,
    profileFrom: 0,
    profileTo: 0,
    direction: 1,
    keyed: 0,
    originFrom: 0,
    originTo: 0,
    ptime: 0,
    flags: 0,
    crypto: new Uint8Array(256),
    cryptoLength: 0,
    formats: new Uint8Array(4096),
    formatsLength: 0,
  };
  /** Payload type and codec spans of the rtpmap lines, four numbers each. */
  const maps = new Int32Array(maxFormats * 4);
  let mapCount = 0;
  let formatsFrom = 0;
  let formatsTo = 0;

  const startMedia = (bytes: Uint8Array, from: number, to: number): void => {
    let at = wordEnd(bytes, from, to);
    media.kindFrom = from;
    media.kindTo = at;
    const port = cutNumber(bytes, at, to);
    media.port = port > 0 && port < 65536 ? port : 0;
    at = skipBlank(bytes, wordEnd(bytes, skipBlank(bytes, at, to), to), to);
    media.profileFrom = at;
    media.profileTo = at = wordEnd(bytes, at, to);
    formatsFrom = skipBlank(bytes, at, to);
    formatsTo = to;
    mapCount = 0;
  };
  const writeFormats = (bytes: Uint8Array): void => {
    const { formats } = media;
    let length = 0;
    const copy = (from: Uint8Array, start: number, end: number): void => {
      for (let at = start; at < end && length < formats.length; at++) formats[length++] = from[at]!;
    };
    let at = formatsFrom;
    for (let count = 0; at < formatsTo && count < maxFormats; count++) {
      const end = wordEnd(bytes, at, formatsTo);
      if (count > 0) copy(separators, 0, 2);
      copy(bytes, at, end);
      const map = codecOf(bytes, at, end);
      if (map >= 0) {
        copy(separators, 1, 2);
        copy(bytes, maps[map + 2]!, maps[map + 3]!);
      } else {
        const codec = staticCodec(cutNumber(bytes, at, end));
        if (codec && bytes[media.profileFrom] === 0x52) {
          copy(separators, 1, 2);
          copy(codec, 0, codec.length);
        }
      }
      at = skipBlank(bytes, end, formatsTo);
    }
    media.formatsLength = length;
  };
  const codecOf = (bytes: Uint8Array, from: number, to: number): number => {
    for (let map = 0; map < mapCount * 4; map += 4) {
      const start = maps[map]!;
      if (maps[map + 1]! - start !== to - from) continue;
      let match = 0;
      while (match < to - from && bytes[start + match] === bytes[from + match]) match++;
      if (match === to - from) return map;
    }
    return -1;
  };
  /** Tag and suite of `1 AES_CM_128_HMAC_SHA1_80 inline:…`; the key stays where it is. */
  const writeCrypto = (bytes: Uint8Array, from: number, to: number): void => {
    const tag = skipBlank(bytes, from, to);
    const suite = wordEnd(bytes, skipBlank(bytes, wordEnd(bytes, tag, to), to), to);
    const { crypto } = media;
    if (media.cryptoLength > 0 && media.cryptoLength + 2 < crypto.length) {
      crypto.set(separators, media.cryptoLength);
      media.cryptoLength += 2;
    }
    for (let at = tag; at < suite && media.cryptoLength < crypto.length; at++)
      crypto[media.cryptoLength++] = bytes[at]!;
  };
  const readAttribute = (bytes: Uint8Array, from: number, to: number): void => {
    if (starts(bytes, from, to, attribute.rtpmap)) {
      if (mapCount === maxFormats || media.index < 0) return;
      const type = skipBlank(bytes, from + attribute.rtpmap.length, to);
      const typeEnd = wordEnd(bytes, type, to);
      const codec = skipBlank(bytes, typeEnd, to);
      const at = mapCount++ * 4;
      maps[at] = type;
      maps[at + 1] = typeEnd;
      maps[at + 2] = codec;
      maps[at + 3] = wordEnd(bytes, codec, to);
    } else if (starts(bytes, from, to, attribute.crypto)) {
      media.keyed |= 1;
      writeCrypto(bytes, from + attribute.crypto.length, to);
    } else if (starts(bytes, from, to, attribute.ptime)) {
      media.ptime = Math.min(255, Math.max(0, cutNumber(bytes, from + attribute.ptime.length, to)));
    } else if (starts(bytes, from, to, attribute.candidate)) {
      media.flags |= contains(bytes, from, to, relay) ? 6 : 2;
    } else if (starts(bytes, from, to, attribute.fingerprint)) media.keyed |= 2;
    else {
      for (const [name, flag] of flagNames) if (starts(bytes, from, to, name)) media.flags |= flag;
      for (let n = 0; n < directionNames.length; n++) {
        const name = directionNames[n]!;
        if (to - from === name.length && starts(bytes, from, to, name)) media.direction = n + 1;
      }
    }
  };

  return {
    read(bytes, from, to, each) {
      media.index = -1;
      media.addressFrom = media.addressTo = media.keyed = media.originFrom = media.originTo = 0;
      media.ptime = media.flags = media.cryptoLength = 0;
      media.direction = 1;
      let session = { from: 0, to: 0, keyed: 0, direction: 1, flags: 0 };
      const flush = (): void => {
        if (media.index < 0) {
          session = {
            from: media.addressFrom,
            to: media.addressTo,
            keyed: media.keyed,
            direction: media.direction,
            flags: media.flags,
          };
          return;
        }
        writeFormats(bytes);
        each(media);
      };
      const view = viewOf(bytes);
      let at = from;
      while (at < to) {
        const next = lineEndAt(bytes, view, at, to);
        let end = next;
        while (end > at && (bytes[end - 1] === 13 || bytes[end - 1] === 32)) end--;
        if (bytes[at + 1] === 0x3d && end - at > 2) {
          const value = at + 2;
          switch (bytes[at]) {
            case 0x6d:
              flush();
              if (media.index + 1 >= maxMedia) return;
              media.index++;
              media.addressFrom = session.from;
              media.addressTo = session.to;
              media.keyed = session.keyed;
              media.direction = session.direction;
              media.flags = session.flags;
              media.ptime = media.cryptoLength = 0;
              startMedia(bytes, value, end);
              break;
            case 0x63: {
              // IN IP4 224.2.36.42/127
              const start = skipBlank(
                bytes,
                wordEnd(bytes, skipBlank(bytes, wordEnd(bytes, value, end), end), end),
                end,
              );
              media.addressFrom = start;
              media.addressTo = wordEnd(bytes, start, end, 0x2f);
              break;
            }
            case 0x6f:
              media.originFrom = value;
              media.originTo = end;
              break;
            case 0x61:
              readAttribute(bytes, value, end);
              break;
            default:
              break;
          }
        }
        at = next + 1;
      }
      if (media.index >= 0) flush();
    },
  };
}

const separators = ascii(', ');

function skipBlank(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && (bytes[at] === 32 || bytes[at] === 9)) at++;
  return at;
}

function wordEnd(bytes: Uint8Array, at: number, end: number, stop = 32): number {
  while (at < end && bytes[at] !== 32 && bytes[at] !== 9 && bytes[at] !== stop) at++;
  return at;
}

function starts(bytes: Uint8Array, from: number, to: number, text: Uint8Array): boolean {
  if (to - from < text.length) return false;
  for (let n = 0; n < text.length; n++) if (lower(bytes[from + n]!) !== text[n]) return false;
  return true;
}
