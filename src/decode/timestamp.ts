/**
 * Time stamps as logs write them, read at one place of a text:
 *
 *   2026-11-12T09:47:06.123Z   2026-11-12 09:47:06,123 +0100   2026/11/12 09:47:06   20261112T094706Z   (RFC 3339, ISO 8601)
 *   Nov 12 09:47:06            (RFC 3164, no year)             Thu Nov 12 09:47:06 CET 2026   Thu, 12 Nov 2026 09:47:06 +0100
 *   12/Nov/2026:09:47:06 +0100 (Apache)                        12-Nov-2026 09:47:06   12/11/2026 09:47   11/12/2026 9:47:06 AM
 *   E1112 09:47:06.123456      (glog, level first)             1794473226   1794473226123   1794473226.123456   @400000006916…
 *   09:47:06.123               (time of day alone)
 */
import { dayMicros, monthOf, zoneMinutes } from './calendar';

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

/** µs since the epoch as written (a zone, where written, is applied); needs a year and a date. */
export const stampMicros = (stamp: Stamp, year = stamp.year): number =>
  dayMicros(year, stamp.month, stamp.day) + stamp.clock - (Number.isNaN(stamp.zone) ? 0 : stamp.zone * 60e6);

/** Reads the stamp that begins exactly at `at`; false where there is none. `to` bounds the text. */
export function readStamp(text: string, at: number, to: number, stamp: Stamp): boolean {
  const first = text.charCodeAt(at);
  stamp.start = at;
  stamp.year = stamp.month = stamp.day = 0;
  stamp.zone = NaN;
  stamp.ambiguous = false;
  stamp.letter = '';
  if (first >= 48 && first <= 57) return readIso(text, at, to, stamp) || readNumeric(text, at, to, stamp);
  return readWorded(text, at, to, stamp, first);
}

/** Two digits, or -1. */
function two(text: string, at: number): number {
  const a = text.charCodeAt(at) - 48;
  const b = text.charCodeAt(at + 1) - 48;
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : -1;
}
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const validDate = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** The hot path: `yyyy-mm-dd`, any of `-/.` between, then `T`, `t`, `_`, `:` or a blank and a time. */
function readIso(text: string, at: number, to: number, stamp: Stamp): boolean {
  if (to - at < 16) return false;
  const high = two(text, at);
  const low = two(text, at + 2);
  const separator = text.charCodeAt(at + 4);
  if (high < 19 || high > 22 || low < 0) return false;
  if ((separator !== 45 && separator !== 47 && separator !== 46) || text.charCodeAt(at + 7) !== separator) return false;
  const month = two(text, at + 5);
  const day = two(text, at + 8);
  if (!validDate(month, day)) return false;
  let next = at + 10;
  const joint = text.charCodeAt(next);
  if (joint !== 84 && joint !== 116 && joint !== 32 && joint !== 95 && joint !== 58 && joint !== 9) return false;
  next++;
  while (text.charCodeAt(next) === 32 && next < to) next++;
  if (!readClock(text, next, to, stamp)) return false;
  stamp.year = high * 100 + low;
  stamp.month = month;
  stamp.day = day;
  return true;
}

/** `hh:mm[:ss[.fraction]][ AM][ zone]` from `at`; sets clock, zone and end. `seconds` demands the seconds. */
function readClock(text: string, at: number, to: number, stamp: Stamp, seconds = false): boolean {
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
function readZone(text: string, at: number, to: number, stamp: Stamp): void {
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

function readOffset(text: string, at: number, to: number, stamp: Stamp, close: boolean): void {
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

const dayFirst = /(\d{1,2})([-/. ])([A-Za-zÀ-ÿ]{3,9}\.?|\d{1,2})\2(\d{4})[ ,T:]{1,2}/y;
const packed = /(\d{4})(\d\d)(\d\d)[-T_ ]?(\d\d):?(\d\d):?(\d\d)(?:[.,](\d{1,9}))?(?=\D|$)/y;
const short = /(\d\d)(\d\d)(\d\d) {1,2}(?=\d{1,2}:\d\d:\d\d)/y;
const epoch = /([1-4]\d{9})(?:(\d{3})(\d{3})?|[.,](\d{1,9}))?(?![\w.-])/y;

/** Everything else that begins with a digit. */
function readNumeric(text: string, at: number, to: number, stamp: Stamp): boolean {
  dayFirst.lastIndex = at;
  let match = dayFirst.exec(text);
  if (match && dayFirst.lastIndex <= to) {
    const named = monthOf(match[3]!);
    const a = Number(match[1]);
    const b = named || Number(match[3]);
    if (readClock(text, dayFirst.lastIndex, to, stamp)) {
      const american = !named && (b > 12 || (a <= 12 && /[AP]M$/i.test(text.slice(at, stamp.end))));
      stamp.day = american ? b : a;
      stamp.month = american ? a : b;
      stamp.year = Number(match[4]);
      stamp.ambiguous = !named && !american && a <= 12 && b <= 12 && a !== b;
      if (validDate(stamp.month, stamp.day)) return true;
    }
    return false;
  }
  packed.lastIndex = at;
  match = packed.exec(text);
  if (match && packed.lastIndex <= to && setParts(match, stamp)) {
    stamp.end = packed.lastIndex;
    readZone(text, stamp.end, to, stamp);
    return true;
  }
  short.lastIndex = at;
  match = short.exec(text);
  if (match && validDate(Number(match[2]), Number(match[3])) && readClock(text, short.lastIndex, to, stamp, true)) {
    stamp.year = 2000 + Number(match[1]);
    stamp.month = Number(match[2]);
    stamp.day = Number(match[3]);
    return true;
  }
  epoch.lastIndex = at;
  match = epoch.exec(text);
  if (match && epoch.lastIndex <= to) {
    const fraction = Number(((match[2] ?? '') + (match[3] ?? '') || match[4] || '').padEnd(6, '0').slice(0, 6));
    return setEpoch(Number(match[1]) * 1e6 + fraction, epoch.lastIndex, stamp);
  }
  return readClock(text, at, to, stamp, true);
}

function setParts(match: RegExpExecArray, stamp: Stamp): boolean {
  const [, year, month, day, hour, minute, second, fraction] = match;
  stamp.year = Number(year);
  stamp.month = Number(month);
  stamp.day = Number(day);
  stamp.clock =
    (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1e6 +
    Number((fraction ?? '').padEnd(6, '0').slice(0, 6));
  return (
    stamp.year >= 1990 &&
    stamp.year < 2100 &&
    validDate(stamp.month, stamp.day) &&
    Number(hour) < 25 &&
    Number(minute) < 60 &&
    Number(second) < 61
  );
}

function setEpoch(micros: number, end: number, stamp: Stamp): boolean {
  const date = new Date(Math.floor(micros / 1000));
  stamp.year = date.getUTCFullYear();
  stamp.month = date.getUTCMonth() + 1;
  stamp.day = date.getUTCDate();
  stamp.clock = micros - dayMicros(stamp.year, stamp.month, stamp.day);
  stamp.zone = 0;
  stamp.end = end;
  return true;
}

const weekday = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|lun|mar|mer|jeu|ven|sam|dim)[a-z]{0,6}\.?,? {1,2}/iy;
const monthFirst = /([A-Za-zÀ-ÿ]{3,9}\.?) {1,2}(\d{1,2})(?:,? (\d{4}))?,? {1,2}(?=\d{1,2}:\d\d:\d\d)/y;
const yearAfter = / (\d{4})(?!\d|[-:])(?: ([+-]\d{4}))?/y;
const glog = /([IWEFDCNV])(\d\d)(\d\d) (?=\d\d:\d\d:\d\d)/y;
const tai = /@4000000([0-9a-f]{9})([0-9a-f]{8})/y;
const hashed = /#\+?(\d{10})(?!\d)/y;

/** Stamps that begin with a word or a sign. */
function readWorded(text: string, at: number, to: number, stamp: Stamp, first: number): boolean {
  if (first === 64) {
    // TAI64N of daemontools: 2^62 + seconds, 10 s ahead of UTC in 1970, nanoseconds
    tai.lastIndex = at;
    const match = tai.exec(text);
    const seconds = match ? parseInt(match[1]!, 16) - 10 : 0;
    if (!match || seconds > 9e9) return false;
    return setEpoch(seconds * 1e6 + Math.floor(parseInt(match[2]!, 16) / 1000), tai.lastIndex, stamp);
  }
  if (first === 35) {
    hashed.lastIndex = at;
    const match = hashed.exec(text);
    return match ? setEpoch(Number(match[1]) * 1e6, hashed.lastIndex, stamp) : false;
  }
  if ((first | 32) < 97 || (first | 32) > 122) return false;
  glog.lastIndex = at;
  let match = glog.exec(text);
  if (match) {
    if (!validDate(Number(match[2]), Number(match[3])) || !readClock(text, glog.lastIndex, to, stamp, true))
      return false;
    stamp.letter = match[1]!;
    stamp.month = Number(match[2]);
    stamp.day = Number(match[3]);
    return true;
  }
  weekday.lastIndex = at;
  let next = weekday.test(text) ? weekday.lastIndex : at;
  if (next > at && isDigit(text.charCodeAt(next))) {
    if ((readIso(text, next, to, stamp) || readNumeric(text, next, to, stamp)) && stamp.month > 0) return true;
    // `Mar 6` is the month, not the French Tuesday
    next = at;
  }
  monthFirst.lastIndex = next;
  match = monthFirst.exec(text);
  const month = match ? monthOf(match[1]!) : 0;
  if (!match || month === 0 || monthFirst.lastIndex > to) return false;
  if (!readClock(text, monthFirst.lastIndex, to, stamp, true)) return false;
  stamp.month = month;
  stamp.day = Number(match[2]);
  stamp.year = Number(match[3] ?? 0);
  if (stamp.year === 0) {
    yearAfter.lastIndex = stamp.end;
    const year = yearAfter.exec(text);
    if (year && Number(year[1]) >= 1990 && Number(year[1]) < 2100 && yearAfter.lastIndex <= to) {
      stamp.year = Number(year[1]);
      stamp.end = yearAfter.lastIndex;
      if (year[2]) readOffset(text, stamp.end - 5, to, stamp, true);
    }
  }
  return validDate(stamp.month, stamp.day);
}

/** One whole value as a time (a CSV cell, a JSON value, a logfmt value); false where it is none. */
export function readWhole(value: string, stamp: Stamp): boolean {
  const text = value.trim();
  return text !== '' && readStamp(text, 0, text.length, stamp) && stamp.month > 0 && text.length - stamp.end < 12;
}
