/**
 * Clock state as the usual commands print it:
 *
 *   timedatectl        System clock synchronized: yes            (before systemd 239: `NTP synchronized: yes`)
 *   chronyc tracking   System time     : 0.000012345 seconds slow of NTP time
 *                      Leap status     : Normal                  (or `Not synchronised`)
 *   ntpq -p            *ntp1.example  .GPS.  1 u  33  64  377  0.500  -0.123  0.045     (`*` = the peer in use, ms)
 *   ntpstat            synchronised to NTP server (10.0.0.1) at stratum 3
 */
import { createStamp } from './stamp';
import { readStamp, stampMicros } from './timestamp';

export interface NtpState {
  readonly source: 'timedatectl' | 'chronyc' | 'ntpq' | 'ntpstat';
  readonly synchronised: boolean;
  /** Seconds that the host's clock is ahead of NTP time; undefined where the output does not say. */
  readonly ahead: number | undefined;
  /** Line, from 0, that says so. */
  readonly line: number;
}
export interface NtpOutput {
  readonly states: readonly NtpState[];
  /** µs of the output, where it says. */
  readonly time: number;
  /** From a prompt `[root@sbc1 ~]#`. */
  readonly host: string | undefined;
  /** IANA name that `timedatectl` gives, and its line. */
  readonly zone: { readonly name: string; readonly line: number } | undefined;
}

const flag = /^\s*(?:System clock synchronized|NTP synchronized):\s*(yes|no)\b/i;
const leap = /^Leap status\s*:\s*(.{1,40})/;
const systemTime = /^System time\s*:\s*(\d+\.\d+) seconds (slow|fast) of NTP time/;
const header = /^\s*remote\s+refid\s+st\s+t\s+when\s+poll\s+reach\s+delay\s+offset\s+jitter/;
const peer =
  /^([*#o+x.\- ]?)\S{1,64}\s+\S{1,64}\s+\d{1,2}\s+[lumbBpsA-]\s+\S{1,8}\s+\d{1,6}\s+([0-7]{1,3})\s+(-?\d+(?:\.\d+)?)\s+([+-]?\d+(?:\.\d+)?)\s+\d/;
const ntpstat = /^(un)?synchroni[sz]ed(?: to .{1,100})?\s*$/;
const prompt = /^\[?[\w.-]{1,32}@([A-Za-z][\w.-]{0,62})[ :]/;
/** `Time zone: Europe/Paris (CET, +0100)`, before systemd 208 `Timezone:`. */
const zoneLine = /^\s*Time ?zone:\s*([A-Za-z][\w+-]{1,30}(?:\/[\w+-]{1,40}){0,2})/;
const universal = /^\s*Universal time:\s*(?=\S)/;

export function readNtp(lines: readonly string[]): NtpOutput {
  const states: NtpState[] = [];
  const stamp = createStamp();
  let time = NaN;
  let host: string | undefined;
  let zone: NtpOutput['zone'];
  let ahead: number | undefined;
  let inPeers = -1;
  let chosen: { readonly line: number; readonly offset: number } | undefined;
  const closePeers = (): void => {
    if (inPeers >= 0) {
      const ms = chosen ? -chosen.offset : undefined;
      states.push({
        source: 'ntpq',
        synchronised: chosen !== undefined,
        ahead: ms === undefined ? undefined : ms / 1000,
        line: chosen?.line ?? inPeers,
      });
    }
    inPeers = -1;
    chosen = undefined;
  };
  lines.forEach((text, line) => {
    const yes = flag.exec(text);
    if (yes) states.push({ source: 'timedatectl', synchronised: /yes/i.test(yes[1]!), ahead: undefined, line });
    const drift = systemTime.exec(text);
    if (drift) ahead = Number(drift[1]) * (drift[2] === 'slow' ? -1 : 1);
    const status = leap.exec(text);
    if (status) {
      states.push({ source: 'chronyc', synchronised: !/^not sync/i.test(status[1]!), ahead, line });
      ahead = undefined;
    }
    const told = ntpstat.exec(text);
    if (told) states.push({ source: 'ntpstat', synchronised: told[1] === undefined, ahead: undefined, line });
    host ??= prompt.exec(text)?.[1];
    const named = zoneLine.exec(text)?.[1];
    if (named !== undefined && named !== 'n/a') zone ??= { name: named, line };
    const at = universal.exec(text)?.[0].length;
    if (at !== undefined && readStamp(text, at, text.length, stamp) && stamp.year > 0) time = stampMicros(stamp);
    if (header.test(text)) {
      closePeers();
      inPeers = line;
    } else if (inPeers >= 0) {
      const row = peer.exec(text);
      if (row && (row[1] === '*' || row[1] === 'o')) chosen = { line, offset: Number(row[4]) };
      else if (!row && !/^[= ]*$/.test(text)) closePeers();
    }
  });
  closePeers();
  return { states, time, host, zone };
}
