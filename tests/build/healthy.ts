/** Draws healthy dialogs by the hundred: calls of several shapes, registrations, peer checks, subscriptions. */
import type { DrawnCapture, DrawnMedia } from '../../src/rules/example';

/** A small generator of its own, so that a seed gives one capture for ever. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** `count` dialogs between a client and a border, one after the other. */
export function healthyCapture(count: number, seed = 1): DrawnCapture[] {
  const random = numbers(seed);
  const captures: DrawnCapture[] = [];
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  for (let dialog = 0; dialog < count;) {
    const rows: string[] = [];
    const lines: Record<string, readonly string[]> = {};
    const users: Record<string, readonly [string, string]> = {};
    const media: DrawnMedia[] = [];
    let time = 0;
    // every sixth capture holds media, of all its calls
    const withMedia = captures.length % 6 === 0;
    const row = (after: number, arrow: string): void => {
      time += after;
      const label = arrow.slice(1);
      rows.push(`${time.toFixed(3)} ${arrow[0] === '>' ? `|--${label}-->|` : `|<--${label}--|`}`);
    };
    for (let n = 0; n < letters.length && dialog < count; n++, dialog++) {
      const letter = letters[n]!;
      users[letter] = [`${2000 + dialog}`, `${6000 + dialog}`];
      const kind = dialog % 5;
      if (kind === 0) {
        const realm = 'Digest realm="mbg", nonce="n1"';
        row(1, `>REGISTER-1${letter}`);
        row(0.02, `<401-1${letter}`);
        row(0.05, `>REGISTER-2${letter}`);
        row(0.02, `<200-2${letter}`);
        lines[`401-1${letter}`] = [`WWW-Authenticate: ${realm}, algorithm=MD5`];
        lines[`REGISTER-2${letter}`] = [
          `Authorization: ${realm}, username="${2000 + dialog}", uri="sip:mbg", response="0"`,
        ];
        continue;
      }
      const [near, far] = [20_000 + dialog * 4, 40_000 + dialog * 4];
      const audio = (port: number): readonly string[] => [
        `m=audio ${port} RTP/AVP 8 101`,
        'a=rtpmap:101 telephone-event/8000',
        'a=ptime:20',
      ];
      lines[`INVITE-1${letter}`] = audio(near);
      lines[`200-1${letter}`] = audio(far);
      row(1, `>INVITE-1${letter}`);
      row(0.01, `<100-1${letter}`);
      row(0.2 + random(), `<180-1${letter}`);
      if (kind === 1) {
        row(2, `<486-1${letter}`);
        row(0.02, `>ACK-1${letter}`);
        continue;
      }
      row(1 + random() * 4, `<200-1${letter}`);
      row(0.03, `>ACK-1${letter}`);
      const start = time;
      if (kind === 2) {
        lines[`INVITE-2${letter}`] = [
          'v=0',
          `o=- 20001 2 IN IP4 10.0.0.1`,
          's=-',
          'c=IN IP4 10.0.0.1',
          't=0 0',
          ...audio(near),
          'a=sendonly',
        ];
        lines[`200-2${letter}`] = [
          'v=0',
          `o=- 20001 2 IN IP4 10.0.0.2`,
          's=-',
          'c=IN IP4 10.0.0.2',
          't=0 0',
          ...audio(far),
          'a=recvonly',
        ];
        row(6, `>INVITE-2${letter}`);
        row(0.05, `<200-2${letter}`);
        row(0.05, `>ACK-2${letter}`);
      }
      row(withMedia ? 6 : 6 + random() * 20, `>BYE-3${letter}`);
      row(0.02, `<200-3${letter}`);
      if (withMedia) {
        const both = { start: start + 0.05, end: kind === 2 ? start + 6 : time - 0.05, dscp: 46 };
        media.push(
          { from: `zoom:${near}`, to: `mbg:${far}`, ...both },
          { from: `mbg:${far}`, to: `zoom:${near}`, ...both },
        );
      }
    }
    captures.push({
      drawn: ['zoom mbg', ...rows, `${(time + 40).toFixed(3)} |  |`].join('\n'),
      id: `${captures.length}`,
      path: `healthy-${captures.length}.pcap`,
      start: new Date(Date.parse('2026-11-12T08:00:00Z') + captures.length * 3_600_000).toISOString(),
      with: lines,
      users,
      media,
    });
  }
  return captures;
}
