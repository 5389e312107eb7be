/** Times of evidence as text: wall clock of the shown zone with the digits that matter. */
import { micros } from '../base/time';

export type TimePart = 'time' | 'time-ms' | 'date' | 'date-time' | 'day-time' | 'minute';

const options: Readonly<Record<TimePart, Intl.DateTimeFormatOptions>> = {
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  'time-ms': { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' },
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  'date-time': {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
  'day-time': { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** `time` in µs; empty where there is none. French and English write the fraction with their own decimal mark. */
export function timeText(time: number, part: TimePart, locale: string, zone: string): string {
  const millis = Math.floor(micros(time) / 1000);
  if (!Number.isFinite(millis) || Math.abs(millis) > 8.64e15) return '';
  const key = `${locale}\n${zone}\n${part}`;
  let format = formats.get(key);
  if (!format) {
    // British English: 24 hours, day before month, as the French form has it
    const language = locale === 'en' ? 'en-GB' : locale;
    try {
      format = new Intl.DateTimeFormat(language, { ...options[part], timeZone: zone });
    } catch {
      format = new Intl.DateTimeFormat(language, { ...options[part], timeZone: 'UTC' });
    }
    formats.set(key, format);
  }
  return format.format(millis);
}

/** `UTC+01:00` of a zone at a time in µs. */
export function offsetText(time: number, zone: string): string {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
      Number.isFinite(time) ? time / 1000 : 0,
    );
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return name.replace('GMT', 'UTC');
  } catch {
    return 'UTC';
  }
}
