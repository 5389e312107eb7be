/**
 * An estimate of listening quality from loss and jitter: the E-model of ITU-T G.107 with the equipment values of G.113
 * Appendix I. Echo, noise and level are taken as perfect; delay is assumed, since a capture shows one point of the way.
 */
export interface Estimate {
  readonly mos: number;
  readonly r: number;
  /** Equipment impairment, robustness against loss in percent, assumed one-way delay in ms. */
  readonly ie: number;
  readonly bpl: number;
  readonly delay: number;
}

/** G.113 Appendix I: Ie and Bpl by codec; G.711 with loss concealment. Codecs without a value there get no estimate. */
const equipment: Readonly<Record<string, readonly [ie: number, bpl: number]>> = {
  PCMU: [0, 25.1],
  PCMA: [0, 25.1],
  G729: [11, 19],
  G723: [15, 16.1],
  'GSM-EFR': [5, 10],
  GSM: [20, 10],
  'G726-32': [7, 10],
  G728: [7, 17],
  AMR: [5, 10],
};
/** Coding, packets and network: what a usual way takes beside the jitter buffer. */
const assumedDelay = 60;

/** `lost` of `packets` expected, in runs of `run` packets on average; jitter in µs. */
export function estimate(
  codec: string,
  packets: number,
  lost: number,
  gaps: number,
  jitter: number,
): Estimate | undefined {
  const [ie, bpl] = equipment[codec.split('/')[0]!.toUpperCase()] ?? [];
  if (ie === undefined || bpl === undefined || packets === 0) return undefined;
  const share = Math.min(1, lost / (packets + lost));
  const burst = gaps > 0 && share < 1 ? Math.max(1, (lost / gaps) * (1 - share)) : 1;
  const loss = share * 100;
  const delay = assumedDelay + (Number.isFinite(jitter) ? (2 * jitter) / 1000 : 0);
  const delayed = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  const impaired = ie + ((95 - ie) * loss) / (loss / burst + bpl);
  const r = Math.max(0, Math.min(100, 93.2 - delayed - impaired));
  const mos = Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
  return { mos: Math.round(mos * 100) / 100, r: Math.round(r), ie, bpl, delay: Math.round(delay) };
}
