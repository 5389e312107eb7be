/** The text of a message in parts for the pane: start line, headers with their dim parameters, SDP, any other body. */
export interface Bit {
  readonly text: string;
  /** Parameters that few people read: branch, tag, received, rport. */
  readonly fade: boolean;
}
export interface HeaderLine {
  /** With its colon; empty where the line is a continuation or malformed. */
  readonly name: string;
  readonly value: readonly Bit[];
  readonly raw: string;
}
export interface MessageText {
  readonly start: string;
  readonly headers: readonly HeaderLine[];
  readonly sdp: readonly string[];
  readonly body: readonly string[];
}

export function messageText(raw: string): MessageText {
  const end = /\r?\n\r?\n/.exec(raw);
  const [start = '', ...headers] = (end ? raw.slice(0, end.index) : raw).replace(/(?:\r?\n)+$/, '').split(/\r?\n/);
  const body = end ? raw.slice(end.index + end[0].length).replace(/(?:\r?\n)+$/, '') : '';
  const lines = body === '' ? [] : body.split(/\r?\n/);
  const isSdp = lines.some((line) => line.startsWith('v=0')) || lines.some((line) => /^m=\w+ \d+ /.test(line));
  const sdp = isSdp ? lines.filter((line) => /^[a-z]=/.test(line)) : [];
  return {
    start,
    headers: headers.map(headerLine),
    sdp,
    body: isSdp ? lines.filter((line) => !/^[a-z]=/.test(line)) : lines,
  };
}

function headerLine(raw: string): HeaderLine {
  const match = /^([A-Za-z][\w-]*\s?:)(.*)$/.exec(raw);
  const [name, value] = match ? [match[1]!, match[2]!] : ['', raw];
  const bits = value.split(/(;(?:branch|tag|received|rport|i)=[^;,\s]*)/);
  return { name, raw, value: bits.map((text, n) => ({ text, fade: n % 2 === 1 })).filter(({ text }) => text !== '') };
}
