/** The ladder as a piece of HTML without script or style sheet: the drawing, and its rows as a table for those who read. */
import type { Ladder } from '../../analysis/desk';
import { preferences, t } from '../../state/preferences.svelte';
import { escaped, svgLadder } from './export-svg';
import { isPlace, timeOf, type Row } from './rows';
import { ladderText } from './text';
import { laneWord, legLetter, noteText, seconds, startText, streamKind, streamText, carriedText } from './words';

export function htmlLadder(ladder: Ladder, rows: readonly Row[], title: string): string {
  const start = ladder.messages[0]?.time ?? 0;
  const heads = [
    ladderText.number,
    ladderText.timeStart,
    ladderText.leg,
    ladderText.source,
    ladderText.target,
    ladderText.what,
    ladderText.cseq,
    ladderText.summary,
  ];
  const body = rows.filter(isPlace).map((row): readonly string[] => {
    const time = seconds(timeOf(row) - start);
    if (row.kind === 'note') return ['', time, '', laneWord(ladder, row.note.lane), '', noteText(row, true), '', ''];
    if (row.kind === 'stream') {
      const { stream, from, to, leg } = row.media;
      const ends = [laneWord(ladder, from) || stream.source, laneWord(ladder, to) || stream.target];
      return ['', time, leg < 0 ? '' : legLetter(ladder, leg), ...ends, streamKind(row), '', streamText(row)];
    }
    const { message, number, repeats } = row;
    return [
      String(number || ''),
      time,
      message.leg < 0 ? '–' : legLetter(ladder, message.leg),
      laneWord(ladder, message.from),
      laneWord(ladder, message.to),
      `${startText(message)}${repeats.length > 0 ? ` ×${repeats.length + 1}` : ''}`,
      String(message.cseq),
      carriedText(message),
    ];
  });
  const cells = (name: string, texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${name}>${escaped(text)}</${name}>`).join('')}</tr>`;
  return [
    `<figure lang="${preferences.locale === 'fr' ? 'fr' : 'en'}">`,
    `<figcaption>${escaped(title)}</figcaption>`,
    svgLadder(ladder, rows, title).trimEnd(),
    '<table border="1" cellspacing="0" cellpadding="3">',
    `<thead>${cells(
      'th',
      heads.map((head) => t(head)),
    )}</thead>`,
    `<tbody>${body.map((texts) => cells('td', texts)).join('\n')}</tbody>`,
    '</table>',
    '</figure>\n',
  ].join('\n');
}
