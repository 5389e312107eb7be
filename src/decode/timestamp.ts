/**
 * Time stamps as logs write them, read at one place of a text:
 *
 *   2026-11-12T09:47:06.123Z   2026-11-12 09:47:06,123 +0100   2026/11/12 09:47:06   20261112T094706Z   (RFC 3339, ISO 8601)
 *   Nov 12 09:47:06            (RFC 3164, no year)             Thu Nov 12 09:47:06 CET 2026   Thu, 12 Nov 2026 09:47:06 +0100
 *   12/Nov/2026:09:47:06 +0100 (Apache)                        12-Nov-2026 09:47:06   12/11/2026 09:47   11/12/2026 9:47:06 AM
 *   E1112 09:47:06.123456      (glog, level first)             1794473226   1794473226123   1794473226.123456   @400000006916…
 *   09:47:06.123               (time of day alone)
 */
import { dayMicros, monthOf } from './calendar';
import { isDigit, readClock, readOffset, readZone, two, validDate, type Stamp } from './stamp';

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
