/**
 * The drawn notation of SIP: an ASCII ladder becomes real messages and a real capture, and a messages table becomes a
 * ladder again. The notation stands in `src/rules/example.ts` (`DrawnCapture`).
 */
import type { Clock } from '../../src/evidence/clock';
import type { Evidence } from '../../src/evidence/evidence';
import type { DrawnCapture, DrawnMedia } from '../../src/rules/example';
import { pcap, type DrawnPacket } from './pcap';
import { rtp } from './rtp';

export interface DrawnMessage {
  /** Seconds since the start of the drawing. */
  readonly time: number;
  readonly label: string;
  readonly from: string;
  readonly to: string;
  /** `10.0.0.1:5060`. */
  readonly source: string;
  readonly target: string;
  readonly text: string;
}

export const drawingStart = '2026-11-12T08:00:00Z';

interface Lane {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}
interface Arrow {
  readonly time: number;
  readonly from: Lane;
  readonly to: Lane;
  readonly label: string;
}
interface Drawing {
  readonly lanes: readonly Lane[];
  readonly arrows: readonly Arrow[];
  /** Times of the rows without an arrow. */
  readonly idle: readonly number[];
}

/** `INVITE-1`, `486-1`, `200:CANCEL-1`, `INVITE-1b`. */
const labelForm = /^(?:(\d{3})(?::([A-Z]+))?|([A-Z]+))-(\d+)([a-z]?)$/;
const reasons: Readonly<Record<string, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  480: 'Temporarily Unavailable',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  503: 'Service Unavailable',
};

function read(capture: DrawnCapture): Drawing {
  const [head = '', ...rows] = capture.drawn.split('\n').filter((line) => line.trim() !== '');
  const names = head.trim().split(/\s+/);
  const lanes = names.map((name, n): Lane => {
    const [host = '', port = '5060'] = (capture.hosts?.[name] ?? `10.0.0.${n + 1}`).split(':');
    return { name, host, port: Number(port) };
  });
  const arrows: Arrow[] = [];
  const idle: number[] = [];
  for (const row of rows) {
    const [, seconds = '', drawing = ''] = /^\s*(\d+(?:\.\d+)?)\s*(\|.*)$/.exec(row) ?? [];
    if (drawing === '') throw new Error(`not a row of a ladder: ${row}`);
    const time = Number(seconds);
    const arrow = /\|(<?)-+([A-Z\d:]+-\d+[a-z]?)-+(>?)\|/.exec(drawing);
    if (!arrow) {
      idle.push(time);
      continue;
    }
    // an arrow may run over lanes between its ends: their bars are then missing, so each end counts from its own side
    const bars = (part: string): number => part.split('|').length - 1;
    const left = lanes[bars(drawing.slice(0, arrow.index))];
    const right = lanes[lanes.length - 1 - bars(drawing.slice(arrow.index + arrow[0].length))];
    if (!left || !right) throw new Error(`more lanes than names: ${row}`);
    const [from, to] = arrow[1] === '<' ? [right, left] : [left, right];
    arrows.push({ time, from, to, label: arrow[2]! });
  }
  return { lanes, arrows, idle };
}

type Headers = Map<string, string>;

/** The messages of a drawing, in the order drawn. */
export function drawMessages(capture: DrawnCapture): DrawnMessage[] {
  const requests = new Map<string, Headers>();
  const latest = new Map<string, string>();
  const texts = new Map<string, string>();
  const forward = new Map<string, string>();
  const answered = new Set<string>();
  const transport = capture.transport ?? 'UDP';

  const request = (method: string, cseq: string, letter: string, from: Lane, to: Lane): Headers => {
    const [caller, called] = capture.users?.[letter] ?? ['2001', '2002'];
    // between two lanes the first request of a Call-ID runs forward: the other way, the called side speaks
    const pair = [letter, ...[from.name, to.name].sort()].join(' ');
    if (!forward.has(pair)) forward.set(pair, from.name);
    const back = forward.get(pair) !== from.name;
    const own = method === 'REGISTER' || method === 'OPTIONS' || method === 'SUBSCRIBE' || method === 'MESSAGE';
    const toAccepted = method === 'ACK' && answered.has(`${letter} ${cseq}`);
    const tagged = !own && method !== 'CANCEL' && (method !== 'INVITE' || answered.has(letter));
    const party = (user: string): string => `<sip:${user}@pbx.example>`;
    const [far, tag] = [party(method === 'REGISTER' ? caller : called), `;tag=called${letter}`];
    const near = `${party(caller)};tag=caller${letter}`;
    const core = toAccepted ? 'ACK' : method === 'ACK' || method === 'CANCEL' ? 'INVITE' : method;
    const target = method === 'REGISTER' ? to.host : `${back ? caller : called}@${to.host}:${to.port}`;
    return new Map([
      ['', `${method} sip:${target} SIP/2.0`],
      [
        'Via',
        `SIP/2.0/${transport} ${from.host}:${from.port};branch=z9hG4bK-${core}-${cseq}${letter}-${from.name}-${to.name}`,
      ],
      ['Max-Forwards', '70'],
      ['From', back ? `${far}${tag}` : near],
      ['To', back ? near : `${far}${tagged ? tag : ''}`],
      ['Call-ID', `${own ? method.toLowerCase() : 'call'}${letter}${capture.id ?? ''}@example`],
      ['CSeq', `${cseq} ${method}`],
      ['Contact', `<sip:${back ? called : caller}@${from.host}:${from.port}>`],
      ...(method === 'REGISTER' ? [['Expires', '3600'] as const] : []),
      ['User-Agent', from.name],
    ]);
  };

  const response = (status: string, asked: Headers, letter: string, from: Lane): Headers => {
    const to = asked.get('To')!;
    const method = asked.get('CSeq')!.replace(/^\d+ /, '');
    const [, called] = capture.users?.[letter] ?? ['2001', '2002'];
    const contact =
      method === 'REGISTER'
        ? `${asked.get('Contact')};expires=${asked.get('Expires')}`
        : `<sip:${called}@${from.host}:${from.port}>`;
    return new Map([
      ['', `SIP/2.0 ${status} ${reasons[status] ?? 'Status'}`],
      ...['Via', 'From'].map((name) => [name, asked.get(name)!] as const),
      ['To', status === '100' || to.includes(';tag=') ? to : `${to};tag=called${letter}`],
      ...['Call-ID', 'CSeq'].map((name) => [name, asked.get(name)!] as const),
      ...(status < '300' && status !== '100' ? [['Contact', contact] as const] : []),
      ['Server', from.name],
    ]);
  };

  return read(capture).arrows.map(({ time, from, to, label }): DrawnMessage => {
    const [, status, ofMethod, ownMethod, cseq = '', letter = ''] = labelForm.exec(label) ?? [];
    if (cseq === '') throw new Error(`not a label: ${label}`);
    const key = `${label} ${from.name} ${to.name}`;
    const place = ({ host, port }: Lane): string => `${host}:${port}`;
    let text = texts.get(key);
    if (text === undefined) {
      const hop = (method: string): string => `${method}-${cseq}${letter} ${to.name} ${from.name}`;
      let headers: Headers;
      if (status === undefined) {
        headers = request(ownMethod!, cseq, letter, from, to);
      } else {
        const method = ofMethod ?? latest.get(hop('')) ?? 'INVITE';
        headers = response(status, requests.get(hop(method)) ?? request(method, cseq, letter, to, from), letter, from);
        if (method === 'INVITE' && status.startsWith('2')) answered.add(letter).add(`${letter} ${cseq}`);
      }
      text = write(headers, capture.with?.[label] ?? [], from);
      texts.set(key, text);
      if (ownMethod !== undefined) {
        requests.set(`${ownMethod}-${cseq}${letter} ${from.name} ${to.name}`, parse(text));
        if (ownMethod !== 'ACK' && ownMethod !== 'CANCEL')
          latest.set(`-${cseq}${letter} ${from.name} ${to.name}`, ownMethod);
      }
    }
    return { time, label, from: from.name, to: to.name, source: place(from), target: place(to), text };
  });
}

/** Lines of the side block: `Name: value` replaces or adds a header, `m=…` is SDP. */
function write(headers: Headers, more: readonly string[], from: Lane): string {
  const lines = more.filter((line) => /^[a-z]=/.test(line));
  for (const line of more) {
    if (!lines.includes(line))
      headers.set(line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim());
  }
  const opening = lines[0]?.startsWith('v=')
    ? []
    : ['v=0', `o=- 20001 1 IN IP4 ${from.host}`, 's=-', `c=IN IP4 ${from.host}`, 't=0 0'];
  const body = lines.length === 0 ? '' : [...opening, ...lines].map((line) => `${line}\r\n`).join('');
  if (body !== '') headers.set('Content-Type', 'application/sdp');
  headers.set('Content-Length', String(new TextEncoder().encode(body).length));
  const written = [...headers].map(([name, value]) => (name === '' ? value : `${name}: ${value}`));
  return `${written.join('\r\n')}\r\n\r\n${body}`;
}

const parse = (text: string): Headers =>
  new Map(
    text
      .slice(0, text.indexOf('\r\n\r\n'))
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
  );

/** The packets of a drawing; a row without an arrow is a packet of no interest. */
export function drawPackets(capture: DrawnCapture): DrawnPacket[] {
  const start = Date.parse(capture.start ?? drawingStart) / 1000;
  const transport = capture.transport === 'TCP' ? 'tcp' : 'udp';
  const cut = capture.snap === undefined ? {} : { snaplen: capture.snap };
  const seen = (message: DrawnMessage): boolean =>
    capture.only === undefined || (capture.only.includes(message.from) && capture.only.includes(message.to));
  const packets = drawMessages(capture)
    .filter(seen)
    .map(({ time, source, target, text, label }): DrawnPacket => ({
      time: start + time,
      from: source,
      to: target,
      transport,
      payload: text,
      ...(capture.fragments?.[label] === undefined ? {} : { fragment: capture.fragments[label] }),
      ...(capture.missing?.includes(label) ? { missing: capture.fragments?.[label] === undefined ? 'all' : 1 } : {}),
      ...cut,
    }));
  const idle = read(capture).idle.map((time): DrawnPacket => ({
    time: start + time,
    from: '10.9.9.1:123',
    to: '10.9.9.2:123',
    transport: 'udp',
    payload: new Uint8Array(48),
  }));
  const lanes = new Map(read(capture).lanes.map((lane) => [lane.name, lane.host]));
  const media = (capture.media ?? []).flatMap((one) => drawMedia(one, lanes, start));
  const all = [...packets, ...idle, ...media];
  return capture.asDrawn ? all : all.sort((a, b) => a.time - b.time);
}

function drawMedia(one: DrawnMedia, lanes: ReadonlyMap<string, string>, start: number): DrawnPacket[] {
  const place = (end: string): string => {
    const [name = '', port = ''] = end.split(':');
    return `${lanes.get(name) ?? name}:${port}`;
  };
  const { ptime = 20, type = 8, ssrc = 0x1000 + Number(one.from.split(':')[1]), first = 1, lose = 0, late = 0 } = one;
  const ends = { from: place(one.from), to: place(one.to), transport: 'udp' as const };
  const count = Math.round(((one.end - one.start) * 1000) / ptime);
  return Array.from({ length: count }, (_, n) => n)
    .filter((n) => lose === 0 || n % lose !== lose - 1)
    .map((n): DrawnPacket => ({
      ...ends,
      time: start + one.start + (n * ptime) / 1000 + (n % 2 === 1 ? late / 1000 : 0),
      payload:
        one.payload ??
        rtp({ sequence: first + n, stamp: n * ptime * 8, ssrc, type, payload: new Uint8Array(ptime * 8) }),
      ...(one.dscp === undefined ? {} : { dscp: one.dscp }),
    }));
}

export const drawCapture = (capture: DrawnCapture): Uint8Array => pcap(drawPackets(capture));

/** Messages as a ladder, lanes in order of first sight; `start` is the stamp of 0.000, usually the first message's. */
export function ladderOf(evidence: Evidence, clock: Clock, order: ArrayLike<number>): string {
  const { messages, strings } = evidence;
  const rows = Array.from(order);
  const lanes: string[] = [];
  for (const row of rows) {
    for (const host of [messages.source[row]!, messages.target[row]!].map((id) => strings.text(id))) {
      if (!lanes.includes(host)) lanes.push(host);
    }
  }
  const width = 15;
  const start = clock.messages[rows[0] ?? 0] ?? 0;
  const head = `          ${lanes.map((lane) => lane.padEnd(width)).join('')}`.trimEnd();
  const body = rows.map((row) => {
    const from = lanes.indexOf(strings.text(messages.source[row]!));
    const to = lanes.indexOf(strings.text(messages.target[row]!));
    const status = messages.status[row]!;
    const label = `${status === 0 ? strings.text(messages.method[row]!) : status}-${messages.cseq[row]}`;
    const span = Math.abs(to - from) * width - 1;
    const line = label.padStart(Math.ceil((span - 2 + label.length) / 2), '-').padEnd(span - 2, '-');
    const arrow = to > from ? `-${line}>` : `<${line}-`;
    const left = Math.min(from, to);
    const cells = [
      ...lanes.slice(0, left).map(() => `|${' '.repeat(width - 1)}`),
      `|${arrow}`,
      ...lanes.slice(Math.max(from, to)).map((_, n, all) => (n === all.length - 1 ? '|' : `|${' '.repeat(width - 1)}`)),
    ];
    return `${((clock.messages[row]! - start) / 1e6).toFixed(3).padStart(9)} ${cells.join('')}`;
  });
  return [head, ...body].join('\n');
}
