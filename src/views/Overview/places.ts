/** Places in the evidence as short rows: where, when, and the raw text that stands there. */
import type { Desk } from '../../analysis/desk';
import type { ArtifactView } from '../../analysis/desk';
import { textOf } from '../../analysis/preview';
import type { At } from '../../evidence/evidence';
import { maskSecrets } from '../../session/mask';
import { artifactName, workspace } from '../../state/workspace.svelte';

export interface Place {
  readonly where: string;
  /** µs; NaN where the place has none. */
  readonly time: number;
  readonly text: string;
}

const longest = 600;

export const whereOf = (at: At, artifact: ArtifactView | undefined): string => {
  const name = artifact ? artifactName(artifact) : '';
  const number = at.line ?? at.packet ?? at.row;
  return number === undefined ? name : `${name}:${number}`;
};

/** Text of a place with control characters made visible and secrets masked. */
const shown = (raw: string): string =>
  maskSecrets(raw.slice(0, longest * 4))
    .replace(/\s+/g, ' ')
    .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .trim()
    .slice(0, longest);

export async function describe(at: At, artifacts: readonly ArtifactView[]): Promise<Place> {
  const where = whereOf(at, artifacts[at.artifact]);
  return workspace.ask(async (desk) => ({ where, ...(await contentOf(desk, at)) }));
}

async function contentOf(desk: Desk, at: At): Promise<{ time: number; text: string }> {
  const place = await desk.locate(at);
  if (place?.view === 'logs') {
    const [row] = await desk.lineRows([place.row]);
    if (row) return { time: row.time, text: shown(row.text) };
  }
  if ((place?.view === 'calls' || place?.view === 'registrations') && place.message >= 0) {
    const { time, raw, source, target } = await desk.message(place.message);
    return { time, text: shown(`${raw.split(/\r?\n/, 1)[0] ?? ''}  ${source} → ${target}`) };
  }
  if (at.length === 0) return { time: NaN, text: '' };
  const [bytes, head] = await Promise.all([
    desk.bytes(at.artifact, at.offset, Math.min(at.length, longest * 2)),
    desk.bytes(at.artifact, 0, 4096),
  ]);
  return { time: NaN, text: shown(textOf(bytes, head)) };
}
