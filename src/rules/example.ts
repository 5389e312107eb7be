/**
 * How a rule's examples draw their evidence: plain data, read by `tests/build/grounds.ts`, which writes real files of it
 * and runs the real readers over them.
 */
import type { Declared } from '../facts/facts';
import type { Example } from './rule';

/**
 * A capture drawn as a ladder. Lanes are named in the first line; a label is `METHOD-cseq` or `status-cseq`, a letter
 * behind it names a further Call-ID (`INVITE-1b`). The same arrow drawn again is the same bytes again. A response goes
 * with the last request of its number; `200:CANCEL-1` names the method. A line without an arrow is an unrelated packet:
 * it lets the capture run on.
 *
 *           zoom          mbg           mivb
 *     0.000 |--INVITE-1-->|             |
 *     0.012 |             |--INVITE-1-->|
 *     0.020 |             |<----486-1---|
 *    40.000 |             |             |
 */
/** RTP of a drawn capture: packets of one stream from lane to lane. */
export interface DrawnMedia {
  /** Lane and port, `zoom:40000`. */
  readonly from: string;
  readonly to: string;
  /** Seconds of 0.000 at which it starts and ends. */
  readonly start: number;
  readonly end: number;
  /** Milliseconds of sound in a packet; usually 20. */
  readonly ptime?: number;
  /** Usually 8, PCMA. */
  readonly type?: number;
  readonly ssrc?: number;
  readonly first?: number;
  /** Every so-manieth packet is lost. */
  readonly lose?: number;
  /** Every second packet comes so many ms late. */
  readonly late?: number;
  readonly dscp?: number;
  /** Other bytes than RTP: one datagram each interval. */
  readonly payload?: Uint8Array;
}

export interface DrawnCapture {
  readonly drawn: string;
  /** File name; `capture.pcap` where absent. */
  readonly path?: string;
  /** Further lines of a message by label: a header (replaces the usual one of that name) or an SDP line `m=…`, `a=…`. */
  readonly with?: Readonly<Record<string, readonly string[]>>;
  /** Address of a lane, `10.0.0.3` or `10.0.0.3:5061`; usually 10.0.0.1, 10.0.0.2, … and port 5060. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Caller and called user of a Call-ID letter (`''` for the usual one); usually 2001 calls 2002, and 2001 registers. */
  readonly users?: Readonly<Record<string, readonly [from: string, to: string]>>;
  readonly transport?: 'UDP' | 'TCP';
  /** Instant of 0.000, ISO with offset; usually 2026-11-12T08:00:00Z. */
  readonly start?: string;
  /** Bytes kept of each packet. */
  readonly snap?: number;
  readonly media?: readonly DrawnMedia[];
  /** UDP: bytes of an IP fragment by label. */
  readonly fragments?: Readonly<Record<string, number>>;
  /** Labels whose packets were sent and not captured; of fragments, all but the first. */
  readonly missing?: readonly string[];
  /** Added to each Call-ID, where several captures hold calls of one letter. */
  readonly id?: string;
  /** The packets stand in the file as drawn, whatever their times. */
  readonly asDrawn?: boolean;
  /** Only messages of these lanes are captured. */
  readonly only?: readonly string[];
}

/**
 * A TCP connection with TLS or WebSocket in it. Steps are `seconds`, `>` from the client or `<` from the server, and what
 * is sent; seconds alone let the capture run on.
 *
 *     SYN FIN RST · hello 1.2 sni=a.example alpn=sip · certificate a.example by=Root for=a.example,b.example from=2026-01-01
 *     to=2027-01-01 · certificate none · request (of a certificate) · keys · done (what follows is encrypted) ·
 *     sealed 19 (an encrypted record of so many bytes) · alert 2 48 · upgrade sip · status 101 sip · close 1002 ·
 *     sip REGISTER-1 · sip 200-1 · sip 200:INVITE-1
 */
export interface DrawnConnection {
  /** `10.0.0.1:40000 > 10.0.0.2:5061`. */
  readonly ends: string;
  readonly steps: readonly string[];
}

export interface GroundsSpec {
  /** All in one file, `connections.pcap`. */
  readonly connections?: readonly DrawnConnection[];
  /** One capture, or several. */
  readonly ladder?: string | DrawnCapture | readonly DrawnCapture[];
  /** Rows of a User Comparison Report as `tests/build/report.ts` draws them: `anna@example.org | Anna | NoClZoomPsiLicense`. */
  readonly report?: readonly string[];
  /** Further reports by file name, same form. */
  readonly reports?: Readonly<Record<string, readonly string[]>>;
  /** Lines of a CloudLink daemon log as `tests/build/log.ts` draws them, of 2026-11-12: `08:00:01 ERROR token expired err="…"`. */
  readonly log?: readonly string[];
  /** Further daemon logs by file name, same form; where they write a local time, `zone` of the style is empty. */
  readonly logs?: Readonly<Record<string, { readonly zone?: string; readonly lines: readonly string[] }>>;
  /** Rows of an Event History export as `tests/build/events.ts` draws them: `date | event | actor | target | details`. */
  readonly events?: readonly string[];
  /** Any other text file by path, as written; recognised by its content. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
  /** Archives by path with the problem code that reading one of 100 bytes gave at byte 50. */
  readonly damaged?: Readonly<Record<string, string>>;
  /** What a file answers by its place or name, which the provenance of a whole source would say; by path. */
  readonly provides?: Readonly<Record<string, readonly string[]>>;
  readonly facts?: Declared;
  /** Zone of the computer; UTC where absent. */
  readonly zone?: string;
}

export type Examples = readonly Example<GroundsSpec>[];
