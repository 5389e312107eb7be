/**
 * What the usual programs say of a host's clock; the guide only says «check NTP» (EN 6.3.4):
 *
 *     timedatectl        System clock synchronized: no
 *     chronyc tracking   Leap status     : Not synchronised
 *                        System time     : 12.345678 seconds slow of NTP time
 *     ntpq -p                remote   refid  st t when poll reach  delay  offset  jitter
 *                        *10.0.0.9   …        2 u   33   64  377   0.210  -3.114   0.532
 */
export interface NtpState {
  readonly synchronised: boolean | undefined;
  /** Seconds, sign dropped; undefined where the text gives none. */
  readonly offset: number | undefined;
}

export function readNtp(output: string): NtpState {
  const lines = output.split(/\r?\n/);
  let synchronised: boolean | undefined;
  let offset: number | undefined;
  let inPeers = false;
  for (const line of lines) {
    const flag = /^\s*(?:System clock|NTP) synchronized:\s*(yes|no)\b/i.exec(line);
    if (flag) synchronised = flag[1]!.toLowerCase() === 'yes';
    const leap = /^\s*Leap status\s*:\s*(\S.*)$/i.exec(line);
    if (leap) synchronised = !/^not synchroni[sz]ed/i.test(leap[1]!);
    const system = /^\s*System time\s*:\s*([\d.]+) seconds (?:slow|fast)/i.exec(line);
    if (system) offset = Number(system[1]);
    if (/^\s*remote\s+refid\b/.test(line)) {
      inPeers = true;
      synchronised = false;
      continue;
    }
    const columns = inPeers ? line.trim().split(/\s+/) : [];
    if (line.startsWith('*') && columns.length >= 9) {
      synchronised = true;
      // offset in milliseconds, last but one
      const value = Number(columns[columns.length - 2]);
      if (Number.isFinite(value)) offset = Math.abs(value) / 1000;
    }
  }
  // as the fact `ntp` has it: `synchronised offset=-0.000012 by chronyc`
  const told = /\boffset=(-?\d+(?:\.\d+)?)/.exec(output);
  if (told) offset = Math.abs(Number(told[1]));
  if (synchronised === undefined && /\b(?:un|not )synchroni[sz]ed\b/i.test(output)) synchronised = false;
  else if (synchronised === undefined && /\bsynchroni[sz]ed\b/i.test(output)) synchronised = true;
  return { synchronised, offset };
}
