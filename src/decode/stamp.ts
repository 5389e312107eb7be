/** The parts that all time stamps share: the stamp itself, the time of day and the zone behind it. */
import { zoneMinutes } from './calendar';

/** One stamp; a single object is filled again and again, so a million lines make no garbage. */
export interface Stamp {
  /** Where it stands in the text. */
  start: number;
  end: number;
  /** 0 = the stamp names no year; month 0 = it names no date either. */
  year: number;
  month: number;
  day: number;
  /** µs since midnight as written. */
  clock: number;
  /** Minutes ahead of UTC; NaN = written without a zone. */
  zone: number;
  /** Day and month could be swapped (`03/04/2026`): as read, the day stands first. */
  ambiguous: boolean;
  /** glog's level letter, else empty. */
  letter: string;
}

export const createStamp = (): Stamp => ({
  start: 0,
  end: 0,
  year: 0,
  month: 0,
  day: 0,
  clock: 0,
  zone: NaN,
  ambiguous: false,
  letter: '',
});

/** Two digits, or -1. */
export function two(text: string, at: number): number {
  const a = text.charCodeAt(at) - 48;
  const b = text.charCodeAt(at + 1) - 48;
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : -1;
}
export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const validDate = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** `hh:mm[:ss[.fraction]][ AM][ zone]` from `at`; sets clock, zone and end. `seconds` demands the seconds. */
export function readClock(text: string, at: number, to: number, stamp: Stamp, seconds = false): boolean {
  let next = at;
  let hour = two(text, next);
  if (hour >= 0) next += 2;
  else {
    hour = text.charCodeAt(next) - 48;
    if (!(hour >= 0 && hour <= 9)) return false;
    next++;
  }
  const minute = two(text, next + 1);
  if (hour > 24 || text.charCodeAt(next) !== 58 || minute < 0 || minute > 59) return false;
  next += 3;
  let micros = (hour * 3600 + minute * 60) * 1e6;
  const second = text.charCodeAt(next) === 58 ? two(text, next + 1) : -1;
  if (second >= 0 && second <= 60) {
    next += 3;
    micros += second * 1e6;
    const mark = text.charCodeAt(next);
    if ((mark === 46 || mark === 44 || mark === 58) && isDigit(text.charCodeAt(next + 1))) {
      let digits = next + 1;
      let unit = 100_000;
      let fraction = 0;
      for (; isDigit(text.charCodeAt(digits)) && digits < to; digits++) {
        fraction += (text.charCodeAt(digits) - 48) * unit;
        unit /= 10;
      }
      const count = digits - next - 1;
      // `09:47:06:123` is a fraction, `09:47:06:1` is something else
      if (count <= 9 && (mark !== 58 || count === 3)) {
        micros += Math.floor(fraction + 1e-6);
        next = digits;
      }
    }
  } else if (seconds) return false;
  // more digits: this was a part of a longer number
  if (isDigit(text.charCodeAt(next)) || next > to) return false;
  next = readHalf(text, next, stamp, hour, micros);
  stamp.end = next;
  readZone(text, next, to, stamp);
  return true;
}

/** `AM` and `PM` behind the time. */
function readHalf(text: string, at: number, stamp: Stamp, hour: number, micros: number): number {
  stamp.clock = micros;
  const next = text.charCodeAt(at) === 32 ? at + 1 : at;
  const half = text.charCodeAt(next) | 32;
  if ((half !== 97 && half !== 112) || (text.charCodeAt(next + 1) | 32) !== 109 || hour > 12) return at;
  const after = text.charCodeAt(next + 2) | 32;
  if (after >= 97 && after <= 122) return at;
  if (half === 112 && hour < 12) stamp.clock += 12 * 3600e6;
  if (half === 97 && hour === 12) stamp.clock -= 12 * 3600e6;
  return next + 2;
}

/** `Z`, `+01:00`, `+0100`, `+01`, `UTC`, `GMT+1`, `CET`, with or without a blank before. */
export function readZone(text: string, at: number, to: number, stamp: Stamp): void {
  let next = at;
  while (text.charCodeAt(next) === 32 && next < at + 2) next++;
  if (next >= to) return;
  const code = text.charCodeAt(next);
  if (code === 43 || code === 45) return readOffset(text, next, to, stamp, next === at);
  if (code < 65 || code > 90) return;
  let end = next + 1;
  while (end < to && end < next + 5 && text.charCodeAt(end) >= 65 && text.charCodeAt(end) <= 90) end++;
  const after = text.charCodeAt(end) | 32;
  if ((after >= 97 && after <= 122) || isDigit(text.charCodeAt(end))) return;
  const name = text.slice(next, end);
  if (name === 'Z' && next !== at) return;
  const minutes = zoneMinutes(name);
  if (minutes === undefined) return;
  stamp.zone = minutes;
  stamp.end = end;
  if ((name === 'UTC' || name === 'GMT') && (text.charCodeAt(end) === 43 || text.charCodeAt(end) === 45)) {
    readOffset(text, end, to, stamp, true);
  }
}

export function readOffset(text: string, at: number, to: number, stamp: Stamp, close: boolean): void {
  const sign = text.charCodeAt(at) === 45 ? -1 : 1;
  let hours = two(text, at + 1);
  let end = at + 3;
  if (hours < 0 && close && isDigit(text.charCodeAt(at + 1))) {
    hours = text.charCodeAt(at + 1) - 48;
    end = at + 2;
  }
  if (hours < 0 || hours > 14) return;
  const colon = text.charCodeAt(end) === 58;
  const minutes = two(text, colon ? end + 1 : end);
  if (minutes >= 0) end += colon ? 3 : 2;
  // `06 -12 items` is no zone: apart from the time it needs its minutes
  if ((minutes < 0 && !close) || isDigit(text.charCodeAt(end)) || end > to || (minutes > 0 && minutes % 15 !== 0))
    return;
  stamp.zone = sign * (hours * 60 + Math.max(0, minutes));
  stamp.end = end;
}
