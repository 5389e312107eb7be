/**
 * ClientHello and ServerHello (RFC 8446 §4.1.2, §4.1.3): `version(2) random(32) session<1>`, then cipher suites<2> and
 * compressions<1> or the chosen ones (2 + 1), then extensions<2>, each `type(2) body<2>`. Of interest: server_name (0,
 * RFC 6066 §3), ALPN (16, RFC 7301 §3.1), supported_versions (43).
 */
import type { Hello } from './tls';

const maxText = 255;
const maxProtocols = 16;

export function readHello(bytes: Uint8Array, from: number, end: number, ofClient: boolean): Hello {
  let version = end - from >= 2 ? (bytes[from]! << 8) | bytes[from + 1]! : 0;
  let sni = '';
  const protocols: string[] = [];
  const u16 = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  const text = (at: number, to: number): string => {
    let result = '';
    for (let n = at; n < Math.min(to, end, at + maxText); n++) {
      const byte = bytes[n]!;
      result += byte > 32 && byte < 127 ? String.fromCharCode(byte) : '?';
    }
    return result;
  };
  let at = from + 34;
  at += 1 + (bytes[at] ?? 0);
  if (ofClient) {
    at += 2 + u16(at);
    at += 1 + (bytes[at] ?? 0);
  } else at += 3;
  at += 2;
  while (at + 4 <= end) {
    const type = u16(at);
    const body = at + 4;
    const to = Math.min(end, body + u16(at + 2));
    if (type === 0 && ofClient && to - body > 5 && bytes[body + 2] === 0) {
      sni = text(body + 5, Math.min(to, body + 5 + u16(body + 3))).toLowerCase();
    } else if (type === 16) {
      for (let name = body + 2; name < to && protocols.length < maxProtocols; name += 1 + bytes[name]!) {
        protocols.push(text(name + 1, Math.min(to, name + 1 + bytes[name]!)));
      }
    } else if (type === 43) {
      if (!ofClient) version = u16(body);
      // GREASE values (RFC 8701) name no version
      else
        for (let one = body + 1; one + 2 <= to; one += 2) if (u16(one) <= 0x0304) version = Math.max(version, u16(one));
    }
    at = body + u16(at + 2);
  }
  return { version, sni, protocols };
}
