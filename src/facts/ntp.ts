/** The fact `ntp` taken apart; its form is documented in `artifacts/ntp-status.ts`. A person may type it as well. */
export interface ClockState {
  readonly synchronised: boolean | undefined;
  /** Seconds that the clock is ahead of NTP time; NaN where not said. */
  readonly ahead: number;
}

export function clockState(value: string): ClockState {
  const offset = /\boffset\s*[=:]?\s*([+-]?\d+(?:[.,]\d+)?)\s*(ms)?/i.exec(value);
  const ahead = offset ? Number(offset[1]!.replace(',', '.')) / (offset[2] ? 1000 : 1) : NaN;
  if (/\bun-?sync|\bnot sync|\bnon sync|^\s*(?:no|non)\b/i.test(value)) return { synchronised: false, ahead };
  return { synchronised: /\bsync|^\s*(?:yes|oui)\b/i.test(value) ? true : undefined, ahead };
}
