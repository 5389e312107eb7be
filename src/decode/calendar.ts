/** Names and arithmetic of dates as logs write them, English and French. */

const DAY = 86_400_000_000;

const monthNames: readonly (readonly string[])[] = [
  ['jan', 'january', 'janv', 'janvier'],
  ['feb', 'february', 'févr', 'fév', 'fevr', 'février'],
  ['mar', 'march', 'mars'],
  ['apr', 'april', 'avr', 'avril'],
  ['may', 'mai'],
  ['jun', 'june', 'juin'],
  ['jul', 'july', 'juil', 'juillet'],
  ['aug', 'august', 'août', 'aout'],
  ['sep', 'sept', 'september', 'septembre'],
  ['oct', 'october', 'octobre'],
  ['nov', 'november', 'novembre'],
  ['dec', 'december', 'déc', 'décembre'],
];
const months = new Map(monthNames.flatMap((names, n) => names.map((name): [string, number] => [name, n + 1])));

/** 1–12, or 0 where the word names no month. A dot behind an abbreviation (`sept.`) is accepted. */
export function monthOf(word: string): number {
  const plain = word.endsWith('.') ? word.slice(0, -1) : word;
  return months.get(plain) ?? months.get(plain.toLowerCase()) ?? 0;
}

/** Minutes ahead of UTC of the zone names that logs print. Names that mean several zones (IST, CST of China) are left out. */
const zoneNames = new Map<string, number>([
  ['Z', 0],
  ['UTC', 0],
  ['GMT', 0],
  ['UT', 0],
  ['WET', 0],
  ['WEST', 60],
  ['BST', 60],
  ['CET', 60],
  ['MET', 60],
  ['CEST', 120],
  ['MEST', 120],
  ['EET', 120],
  ['EEST', 180],
  ['MSK', 180],
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
  ['JST', 540],
]);
export const zoneMinutes = (name: string): number | undefined => zoneNames.get(name);

let lastYear = 0;
let lastMonth = 0;
let lastDay = 0;
let lastMicros = 0;

/** µs since the epoch of midnight UTC; a day that the month lacks runs into the next month. */
export function dayMicros(year: number, month: number, day: number): number {
  // neighbours in a log share their date
  if (year === lastYear && month === lastMonth && day === lastDay) return lastMicros;
  lastYear = year;
  lastMonth = month;
  lastDay = day;
  return (lastMicros = Date.UTC(year, month - 1, day) * 1000);
}

export { DAY };
