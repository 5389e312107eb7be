/** Rows of a ladder whose words hold what was typed: start line, summary, hosts, CSeq, notes. Case and accents do not count. */
import type { Ladder } from '../../analysis/desk';
import { folded } from '../../analysis/filter';
import type { Place } from './rows';
import { laneAddress, laneWord, noteText, startText, streamKind, streamText, carriedText } from './words';

export function matching(ladder: Ladder, places: readonly Place[], typed: string): ReadonlySet<string> {
  const words = folded(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  const lanes = ladder.lanes.map((lane, n) => `${laneWord(ladder, n)} ${laneAddress(lane)}`);
  const found = new Set<string>();
  for (const place of places) {
    const text = folded(textOf(place, lanes, ladder));
    if (words.every((word) => text.includes(word))) found.add(place.key);
  }
  return found;
}

function textOf(place: Place, lanes: readonly string[], ladder: Ladder): string {
  if (place.kind === 'note') return noteText(place);
  if (place.kind === 'stream') {
    const { stream } = place.media;
    return `${streamKind(place)} ${streamText(place)} ${stream.source} ${stream.target}`;
  }
  const { message } = place;
  const callId = ladder.legs[message.leg]?.callId ?? '';
  return [
    startText(message),
    message.method,
    message.cseq,
    carriedText(message),
    lanes[message.from],
    lanes[message.to],
    callId,
  ].join(' ');
}
