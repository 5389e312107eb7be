/**
 * What evidence is. Times are µs since the epoch *as the source wrote them*; `clock.ts` derives corrected times, so
 * aligning clocks never touches evidence. `artifact` is an index into `Evidence.artifacts`; `offset`/`size` are bytes
 * of that artifact (unpacked). `string` columns are ids into `Evidence.strings`.
 */
import type { Table } from './table';

export const schemas = {
  /** One packet that carries evidence. `number` counts from 1 in its file, as Wireshark numbers frames. */
  packets: {
    artifact: 'u32',
    time: 'f64',
    offset: 'f64',
    size: 'u32',
    number: 'u32',
    source: 'string',
    target: 'string',
    sourcePort: 'u16',
    targetPort: 'u16',
    transport: 'u8',
    /** 1 = captured shorter than it was on the wire. */
    cut: 'u8',
  },
  /** One SIP message as seen once on the wire (every sighting is a row; `links` finds duplicates and repeats). */
  messages: {
    artifact: 'u32',
    time: 'f64',
    /** First byte of the message text in the artifact; `pieces` lists all spans where it lies in several packets. */
    offset: 'f64',
    size: 'u32',
    /** Frame number of the packet that completed the message, from 1. */
    packet: 'u32',
    transport: 'u8',
    source: 'string',
    target: 'string',
    sourcePort: 'u16',
    targetPort: 'u16',
    /** Request method, or the CSeq method of a response. */
    method: 'string',
    /** 0 = request. */
    status: 'u16',
    reason: 'string',
    cseq: 'u32',
    callId: 'string',
    /** Branch and sent-by of the top Via (RFC 3261 §17.1.3). */
    branch: 'string',
    sentBy: 'string',
    fromUri: 'string',
    fromTag: 'string',
    toUri: 'string',
    toTag: 'string',
    requestUri: 'string',
    contact: 'string',
    /** Expires header, or the `expires` of the first Contact; −1 = none. */
    expires: 'i32',
    /** User-Agent or Server. */
    agent: 'string',
    /** CRC-32 of the message text: equal for two sightings of one message. */
    digest: 'u32',
    /** `received` and `rport` of the top Via (RFC 3581 §4): rport −1 = none, 0 = asked for. */
    received: 'string',
    rport: 'i32',
    /** Max-Forwards, 255 = none. */
    maxForwards: 'u8',
    /** Bit set, see `messageFlags`. */
    flags: 'u16',
    /** Kinds of its bodies, bit set over `bodyKinds`. */
    bodies: 'u16',
  },
  /**
   * Further spans of a message that lies in several packets, in order, the first included; those of a message that crosses
   * from one file of a rotated capture into the next lie in both. `mask` = the WebSocket key (RFC 6455 §5.3) to XOR from
   * the first byte of the span on, its first byte being the highest; 0 = plain.
   */
  pieces: { artifact: 'u32', message: 'u32', offset: 'f64', size: 'u32', mask: 'u32' },
  /**
   * A packet at the edge of a capture that may belong to something whose other part lies in the file before or after:
   * a TCP segment before the first SIP of its direction or behind the last, a fragment of a datagram that is not whole.
   */
  /** What somebody wrote beside a packet of a capture, or beside the capture as a whole (`number` 0, no time). */
  comments: {
    artifact: 'u32',
    time: 'f64',
    number: 'u32',
    offset: 'f64',
    source: 'string',
    text: 'string',
  },
  /** How a capture calls a host. */
  names: {
    artifact: 'u32',
    offset: 'f64',
    address: 'string',
    name: 'string',
  },
  edges: {
    artifact: 'u32',
    time: 'f64',
    offset: 'f64',
    size: 'u32',
    /** Bytes on the wire. */
    wire: 'u32',
    number: 'u32',
    link: 'u16',
    /** Hash of its direction of TCP or of its datagram: only equal ones can go together. */
    flow: 'u32',
    /** 1 = at the start of the file, 2 = at its end. */
    place: 'u8',
  },
  /** A header value that a rule or view asked for (`Wants.headers`); `name` in lower case long form. */
  fields: { message: 'u32', name: 'string', value: 'string' },
  /** One SDP m-line (RFC 8866 §5.14) of a message. */
  media: {
    message: 'u32',
    index: 'u16',
    kind: 'string',
    address: 'string',
    port: 'u16',
    profile: 'string',
    direction: 'u8',
    /** Formats with codec names, e.g. `8 PCMA/8000, 101 telephone-event/8000`. */
    formats: 'string',
    /** 1 = carries SDES `a=crypto`, 2 = DTLS `a=fingerprint`, 3 = both. */
    keyed: 'u8',
    /** Milliseconds of `a=ptime`, 0 = not said. */
    ptime: 'u8',
    /** Bit set, see `mediaFlags`. */
    flags: 'u8',
    /** Tags and suites of `a=crypto`, without keys: `1 AES_CM_128_HMAC_SHA1_80, 2 …`. */
    crypto: 'string',
    /** The `o=` line of the description (RFC 8866 §5.2) without `o=`. */
    origin: 'string',
  },
  /**
   * One TCP connection that carries SIP, TLS or WebSocket, or that was never opened. `time`, `offset`, `size`, `packet`
   * are those of its first packet. The client is who opened it.
   */
  flows: {
    artifact: 'u32',
    time: 'f64',
    /** Of its last packet with data or a flag. */
    end: 'f64',
    offset: 'f64',
    size: 'u32',
    packet: 'u32',
    client: 'string',
    server: 'string',
    clientPort: 'u16',
    serverPort: 'u16',
    /** See `flowKinds`. */
    kind: 'u8',
    /** Bit set, see `flowFlags`. */
    flags: 'u16',
    /** SYNs of the client. */
    attempts: 'u16',
    /** Who sent the first FIN or RST: 0 nobody, 1 client, 2 server. */
    closedBy: 'u8',
    /** NaN = open when the capture ended. */
    closed: 'f64',
    /** TLS: highest version of the ClientHello, version of the ServerHello (0x0303 = 1.2); 0 = none seen. */
    offered: 'u16',
    version: 'u16',
    sni: 'string',
    /** Protocols that the client names, comma between them; the one that the server takes. */
    protocols: 'string',
    protocol: 'string',
    /** µs of the ClientHello and the ServerHello (WebSocket: of the upgrade and its answer); NaN = not seen. */
    hello: 'f64',
    answer: 'f64',
    /** Bytes of payload each way. */
    clientBytes: 'f64',
    serverBytes: 'f64',
    /** WebSocket: HTTP status that answers the upgrade, code of the first close frame (RFC 6455 §7.4); 0 = none. */
    status: 'u16',
    closeCode: 'u16',
  },
  /** One certificate of a TLS handshake that is not encrypted (up to TLS 1.2). */
  certificates: {
    flow: 'u32',
    /** 1 = of the client, 2 = of the server. */
    side: 'u8',
    /** Place in the chain, 0 = the host's own. */
    place: 'u16',
    subject: 'string',
    issuer: 'string',
    /** Names of subjectAltName (else the common name), blank between them. */
    names: 'string',
    /** Validity, µs; NaN where it cannot be read. */
    from: 'f64',
    to: 'f64',
    /** 1 = subject and issuer are the same name. */
    selfSigned: 'u8',
    packet: 'u32',
    offset: 'f64',
    size: 'u32',
  },
  /** One TLS alert. `code` 255 = encrypted: that it is one is told from its length. */
  alerts: {
    flow: 'u32',
    time: 'f64',
    /** 1 = client, 2 = server. */
    side: 'u8',
    /** 1 warning, 2 fatal, 0 = encrypted. */
    level: 'u8',
    code: 'u8',
    packet: 'u32',
    offset: 'f64',
    size: 'u32',
  },
  /** One media stream of a capture: one SSRC (RFC 3550 §3) on one pair of endpoints, or fax over UDPTL. */
  streams: {
    artifact: 'u32',
    /** Time, place and frame number of its first packet; `end` = time of its last. */
    start: 'f64',
    end: 'f64',
    number: 'u32',
    offset: 'f64',
    size: 'u32',
    source: 'string',
    target: 'string',
    sourcePort: 'u16',
    targetPort: 'u16',
    ssrc: 'u32',
    /** Index into `streamKinds`. */
    kind: 'u8',
    /** 1 = SDP announced one of its ends, 0 = told by its form. */
    announced: 'u8',
    /** The first type that is neither comfort noise nor an event, 255 = none; `PCMA/8000` where known. */
    payloadType: 'u8',
    codec: 'string',
    /** All types seen: `8 PCMA/8000, 101 telephone-event/8000`. */
    formats: 'string',
    packets: 'u32',
    /** Expected by sequence numbers and never seen (RFC 3550 A.3). */
    lost: 'u32',
    duplicates: 'u32',
    reordered: 'u32',
    /** Runs of missing packets, packets in the longest of them. */
    gaps: 'u32',
    longestGap: 'u32',
    /** Jumps of the sequence that are no loss (RFC 3550 A.1). */
    resets: 'u32',
    /** Mean and largest interarrival jitter (RFC 3550 §6.4.1), µs; NaN where the clock of the codec is unknown. */
    jitter: 'f64',
    jitterMax: 'f64',
    /** Longest wait between two packets, µs. */
    deltaMax: 'f64',
    /** Payload bytes and RTP time step of a usual packet; RTP clock in Hz, 0 = unknown. */
    bytes: 'u16',
    step: 'u32',
    clock: 'u32',
    /** Changes of the payload type, comfort noise packets. */
    typeChanges: 'u32',
    comfort: 'u32',
    /** Differentiated services code point. */
    dscp: 'u8',
    /** Keys that its telephone events tell (RFC 4733). */
    digits: 'string',
    /** Sequence numbers of its first and its highest packet. */
    firstSequence: 'u16',
    lastSequence: 'u16',
  },
  /** When a stream lost packets: the slices of its time (32 at most) in which any are missing. */
  losses: { stream: 'u32', start: 'f64', end: 'f64', packets: 'u32' },
  /** One telephone event of a stream: `duration` in ms, `ends` = packets with the end bit. */
  tones: { stream: 'u32', time: 'f64', digit: 'string', duration: 'u32', ends: 'u8' },
  /** RTCP (RFC 3550 §6, RFC 3611) of one pair of endpoints about one source: the worst and the last that was said. */
  reports: {
    artifact: 'u32',
    start: 'f64',
    end: 'f64',
    number: 'u32',
    offset: 'f64',
    size: 'u32',
    source: 'string',
    target: 'string',
    sourcePort: 'u16',
    targetPort: 'u16',
    reporter: 'u32',
    /** The source reported on; 0 = none, or encrypted. */
    ssrc: 'u32',
    packets: 'u32',
    /** Worst share lost, of 256; lost in all; worst jitter in ticks. */
    fraction: 'u8',
    lost: 'i32',
    jitter: 'u32',
    /** Worst MOS × 10 and R of XR, 0 = none; longest round trip in ms. */
    mosListening: 'u8',
    mosConversational: 'u8',
    rFactor: 'u8',
    roundTrip: 'u16',
    /** Bit set: 1 = BYE, 2 = encrypted. */
    flags: 'u8',
  },
  /** STUN (RFC 8489) from one endpoint to another: checks of ICE, keepalives, TURN. */
  checks: {
    artifact: 'u32',
    start: 'f64',
    end: 'f64',
    number: 'u32',
    offset: 'f64',
    size: 'u32',
    source: 'string',
    target: 'string',
    sourcePort: 'u16',
    targetPort: 'u16',
    /** 1 = Binding, 3 = Allocate. */
    method: 'u16',
    requests: 'u32',
    answers: 'u32',
    errors: 'u32',
    /** The last ERROR-CODE, 0 = none. */
    error: 'u16',
    /** Bit set: 1 = check of ICE, 2 = USE-CANDIDATE, 4 = nominated and answered. */
    flags: 'u8',
    /** Last answer, NaN = none. */
    answered: 'f64',
  },
  /**
   * Bytes that a capture lacks: an IP datagram whose fragments never came together, a hole in a TCP stream of SIP. `time`,
   * `packet`, `offset`, `size` are those of its first fragment, of the packet behind the hole.
   */
  gaps: {
    artifact: 'u32',
    time: 'f64',
    packet: 'u32',
    offset: 'f64',
    size: 'u32',
    source: 'string',
    target: 'string',
    sourcePort: 'u16',
    targetPort: 'u16',
    /** See `gapKinds`. */
    kind: 'u8',
    /** Missing bytes; 0 = unknown. */
    bytes: 'u32',
    /** See `gapFates`. */
    fate: 'u8',
  },
  /** One question to a name server (RFC 1035) and what became of it; repeats of it are the same row. */
  lookups: {
    artifact: 'u32',
    time: 'f64',
    packet: 'u32',
    offset: 'f64',
    size: 'u32',
    source: 'string',
    target: 'string',
    name: 'string',
    /** 1 = A, 28 = AAAA, 33 = SRV, 35 = NAPTR. */
    type: 'u16',
    tries: 'u16',
    /** µs of the answer, NaN = none. */
    answered: 'f64',
    /** RCODE of the answer (0 = no error, 3 = no such name), records in it. */
    code: 'u8',
    answers: 'u16',
  },
  /** One log record; it may span several text lines. */
  lines: {
    artifact: 'count',
    time: 'f64',
    /** 0 = no time of its own (inherits the previous line's), 1 = written without zone, 2 = with zone. */
    clock: 'u8',
    offset: 'place',
    size: 'count',
    /** Line number in the artifact, from 1. */
    number: 'count',
    level: 'u8',
  },
  /** The message of a line of level ≥ warning, with digits, UUIDs and addresses masked. In the order of `lines`. */
  shapes: { line: 'u32', shape: 'string' },
  /** The correlation id that a line carries, as a number (`correlationKey`): ids are many, and each in the text anyway. */
  correlations: { line: 'u32', key: 'f64' },
  /** A pattern that a rule asked for (`Wants.patterns`) found in a line; `detail` = the matched text or its group `detail`. */
  hits: { line: 'u32', pattern: 'string', detail: 'string' },
  /** One row of a User Comparison Report, columns verbatim. */
  users: {
    artifact: 'u32',
    /** CSV row, the header being 1. */
    row: 'u32',
    offset: 'f64',
    size: 'u32',
    email: 'string',
    name: 'string',
    clUserId: 'string',
    licenses: 'string',
    zmUserId: 'string',
    zmUserStatus: 'string',
    zmSipPhoneId: 'string',
    zmSipPhoneNumber: 'string',
    zmSipPhoneMobileId: 'string',
    zmSipPhoneMobileNumber: 'string',
    /** 1 = an id or number was damaged by a spreadsheet: shown, never matched. */
    damaged: 'u8',
  },
  /** One issue code of a report row, verbatim. `known` = the canonical code, empty where the guides have none. */
  userIssues: { user: 'u32', code: 'string', known: 'string' },
  /** One row of an Event History export. */
  events: {
    artifact: 'u32',
    row: 'u32',
    offset: 'f64',
    size: 'u32',
    time: 'f64',
    clock: 'u8',
    eventId: 'string',
    name: 'string',
    actor: 'string',
    target: 'string',
    /** All cells, `header: value` a line, for search and word rules. */
    text: 'string',
  },
  /** One entry of a listing of registered phones: `sip registrar all` of a MiVB, registered subscribers of an SBC. */
  listed: {
    artifact: 'u32',
    /** First line of the entry, from 1. */
    row: 'u32',
    offset: 'f64',
    size: 'u32',
    /** Directory number or user part of the AOR, as written. */
    number: 'string',
    /** URI or address of the phone, as written. */
    contact: 'string',
    /** Seconds left, −1 = not told. */
    expires: 'i32',
    agent: 'string',
    status: 'string',
  },
  /** A log record that speaks of a push notification: judged by its correlation id and HTTP status alone. */
  pushes: {
    line: 'u32',
    correlation: 'string',
    /** HTTP status, 0 = none told. */
    status: 'u16',
    /** Number or e-mail of the called user, where the record names one. */
    user: 'string',
    /** 1 = takes an earlier push back. */
    cancel: 'u8',
  },
} as const;

export type TableName = keyof typeof schemas;
export type Tables = { readonly [Name in TableName]: Table<(typeof schemas)[Name]> };

/** References between tables, moved when harvests are joined. `artifact` is implied for every table that has it. */
export const references: { readonly [Name in TableName]?: Readonly<Record<string, TableName>> } = {
  pieces: { message: 'messages' },
  fields: { message: 'messages' },
  media: { message: 'messages' },
  losses: { stream: 'streams' },
  tones: { stream: 'streams' },
  certificates: { flow: 'flows' },
  alerts: { flow: 'flows' },
  hits: { line: 'lines' },
  shapes: { line: 'lines' },
  correlations: { line: 'lines' },
  userIssues: { user: 'users' },
  pushes: { line: 'lines' },
};

export const gapKinds = ['', 'fragments', 'stream'] as const;
/** What became of the bytes of a hole: the receiver acknowledged them, or they were sent again later. */
export const gapFates = ['', 'acknowledged', 'repeated'] as const;
/** Bits of `edges.place`. */
export const edgePlaces = { start: 1, end: 2 } as const;
export const streamKinds = ['rtp', 't38'] as const;
export const transports = ['', 'UDP', 'TCP', 'TLS', 'WS', 'WSS', 'SCTP', 'text'] as const;
export const flowKinds = ['', 'SIP', 'TLS', 'WebSocket'] as const;
export const flowFlags = {
  /** The client's SYN was seen; the server's SYN+ACK; a RST in answer to the SYN. */
  opening: 1,
  opened: 2,
  refused: 4,
  /** The first FIN or RST was a RST. */
  reset: 8,
  /** The server asked for a certificate; the client sent none. */
  certificateWanted: 16,
  certificateEmpty: 32,
  /** Encrypted records from the client, from the server. */
  clientSpoke: 64,
  serverSpoke: 128,
  /** Bytes of the handshake are missing in the capture. */
  lost: 256,
} as const;
export const levels = ['', 'trace', 'debug', 'info', 'warning', 'error', 'fatal'] as const;
export const level = { none: 0, trace: 1, debug: 2, info: 3, warning: 4, error: 5, fatal: 6 } as const;
export const directions = ['', 'sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;
export const mediaFlags = {
  /** `a=rtcp-mux`. */
  mux: 1,
  /** `a=candidate`, and one of type relay. */
  candidates: 2,
  relay: 4,
  /** `a=ice-mismatch`. */
  mismatch: 8,
  /** `a=setup:active`, `passive`, `actpass` (RFC 4145 §4). */
  active: 16,
  passive: 32,
  actpass: 64,
} as const;
export const messageFlags = {
  /** Has Authorization or Proxy-Authorization. */
  credentials: 1,
  /** Body cut: captured shorter than Content-Length says. */
  cut: 2,
  /** Malformed in some header, kept all the same. */
  malformed: 4,
  /** Contact carries RFC 8599 `pn-provider`. */
  push: 8,
  /** Direction inferred from Via/Contact (message found in text). */
  inferred: 16,
  /** Its time comes from a record that writes whole seconds only: no timer can be judged by it. */
  coarse: 32,
} as const;
