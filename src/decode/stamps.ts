/**
 * Finds the time stamp of each line of one text and puts it on the calendar.
 *
 * Most logs write the stamp at one column in one form: that place is tried first, the rest of the line only where it
 * fails. What a stamp leaves out is taken from its surroundings:
 * - no year (`Nov 12 09:47:06`): years count up where the calendar wraps. At the end the whole run is moved to a year:
 *   the one of a full date seen in the same text, else the latest that keeps the newest line before the date in the
 *   path, else the latest that keeps it before now;
 * - no date (`09:47:06.123`): the date last seen in the text, else the one in the path; at midnight the next day.
 */
import { DAY } from './calendar';
import { createStamp, type Stamp } from './stamp';
import { readStamp, stampMicros } from './timestamp';

/** How a time stands in its line. `shifts` = without a year: to be moved by `yearShift` at the end. */
export type Zoning = 'none' | 'local' | 'zoned';

export interface Stamps {
  readonly stamp: Stamp;
  /** µs as written, of the stamp found last; NaN where it has no date. */
  time: number;
  zoning: Zoning;
  shifts: boolean;
  /** Looks for the stamp of the line `text[from, to)` and places it in time. */
  find(text: string, from: number, to: number): boolean;
  /** Places a time that stood elsewhere (a JSON value). */
  place(stamp: Stamp): void;
  /** Years to add to every time that `shifts`. */
  yearShift(): number;
}

/** Any leap year does: days are counted in it until the year is known. */
const provisionalYear = 2024;
const monthBack = 30 * DAY;
const halfDay = DAY / 2;
const pathDate = /(?:^|\D)(20\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=\D|$)/g;
const keyed = /(?:^|[\s{",])(?:time|ts|t|timestamp)["']?[=:] {0,2}["']?(?=\d)/g;
const fullDate = /(?:^|\D)((?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d)/;

export function createStamps(path: string, now: number): Stamps {
  const stamp = createStamp();
  const inner = createStamp();
  let column = -1;
  let lead = 0;
  let year = provisionalYear;
  let lastYearless = NaN;
  /** A full date and the provisional time nearest to it. */
  let known: { readonly real: number; readonly provisional: number } | undefined;
  let searches = 200;
  let day = NaN;
  let lastClock = 0;
  const dated = dateOfPath(path);

  const self: Stamps = {
    stamp,
    time: NaN,
    zoning: 'none',
    shifts: false,
    find(text, from, to) {
      if (!findIn(text, from, to)) return false;
      place(stamp);
      if (self.shifts && searches > 0) seekYear(text, to);
      return true;
    },
    place,
    yearShift() {
      if (Number.isNaN(lastYearless)) return 0;
      if (known) {
        const years = Math.round((known.real - known.provisional) / (365.2425 * DAY));
        return years;
      }
      const newest = (Number.isNaN(dated) ? now : dated) + DAY;
      let shift = new Date(newest / 1000).getUTCFullYear() - year;
      if (moveYears(lastYearless, shift) > newest) shift--;
      return shift;
    },
  };

  function findIn(text: string, from: number, to: number): boolean {
    if (column >= 0) {
      const at = from + column;
      if (at < to && fits(text, at, from, to)) return preferInner(text, to);
      if (lead !== 0) {
        // `10.1.2.3 - - [12/Nov/2026:…`: the column moves, the sign before it does not
        const line = text.slice(from, Math.min(to, from + 200));
        const sign = String.fromCharCode(lead);
        for (let n = 0, next = line.indexOf(sign); next >= 0 && n < 4; n++, next = line.indexOf(sign, next + 1)) {
          if (fits(text, from + next + 1, from, to)) return preferInner(text, to);
        }
      }
    }
    const first = text.charCodeAt(from);
    // an indented line continues the one above, unless the whole text is indented
    if (first === 32 || first === 9) return column < 0 && search(text, from, to, 24) && preferInner(text, to);
    return search(text, from, to, column < 0 ? 256 : Math.max(80, column + 40)) && preferInner(text, to);
  }

  function search(text: string, from: number, to: number, reach: number): boolean {
    let timeOnly = -1;
    const end = Math.min(to, from + reach);
    for (let at = from; at < end; at++) {
      const code = text.charCodeAt(at);
      const digit = code >= 48 && code <= 57;
      if (!digit && !((code | 32) >= 97 && (code | 32) <= 122) && code !== 64 && code !== 35) continue;
      if (at > from && !opens(text.charCodeAt(at - 1))) continue;
      if (!fits(text, at, from, to)) continue;
      if (stamp.month === 0) {
        if (timeOnly < 0 && at < from + 48) timeOnly = at;
        continue;
      }
      return remember(text, at, from);
    }
    return timeOnly >= 0 && readStamp(text, timeOnly, to, stamp) && remember(text, timeOnly, from);
  }

  function remember(text: string, at: number, from: number): true {
    column = at - from;
    const before = at > from ? text.charCodeAt(at - 1) : 0;
    lead = before === 91 || before === 61 || before === 34 || before === 124 ? before : 0;
    return true;
  }

  /** A journal prefix before `time=…`: the program's own stamp has the zone and the year. */
  function preferInner(text: string, to: number): true {
    if (stamp.year !== 0 && !Number.isNaN(stamp.zone)) return true;
    const start = stamp.end;
    const rest = text.slice(start, Math.min(to, start + 120));
    keyed.lastIndex = 0;
    const match = keyed.exec(rest);
    if (match && readStamp(text, start + keyed.lastIndex, to, inner) && inner.month > 0 && inner.year > 0) {
      const outer = stamp.start;
      Object.assign(stamp, inner);
      stamp.start = outer;
    }
    return true;
  }

  function place(found: Stamp): void {
    self.shifts = false;
    const { month } = found;
    self.zoning = Number.isNaN(found.zone) ? 'local' : 'zoned';
    if (month === 0) return placeClock(found);
    if (found.year === 0) return placeYearless(found);
    const time = stampMicros(found);
    self.time = time;
    day = time - (((time % DAY) + DAY) % DAY);
    lastClock = found.clock;
    if (!known && !Number.isNaN(lastYearless)) known = { real: time, provisional: lastYearless };
    real = time;
  }
  let real = NaN;

  function placeYearless(found: Stamp): void {
    let time = stampMicros(found, year);
    if (!Number.isNaN(lastYearless)) {
      if (time < lastYearless - monthBack) {
        const next = stampMicros(found, year + 1);
        // a clock set back by more than a month is no new year: December must be near
        if (next - lastYearless < 12 * monthBack) {
          year++;
          time = next;
        }
      } else if (time > lastYearless + 11 * monthBack && year > provisionalYear) {
        time = stampMicros(found, year - 1);
      }
    }
    if (!known && !Number.isNaN(real)) known = { real, provisional: time };
    lastYearless = time;
    self.time = time;
    self.shifts = true;
  }

  function placeClock(found: Stamp): void {
    if (Number.isNaN(day) && !Number.isNaN(dated)) day = dated;
    if (Number.isNaN(day)) {
      self.time = NaN;
      self.zoning = 'none';
      return;
    }
    if (found.clock < lastClock - halfDay) day += DAY;
    lastClock = found.clock;
    self.time = day + found.clock - (Number.isNaN(found.zone) ? 0 : found.zone * 60e6);
  }

  /** `EventTV="2026-11-12T09:47…"` in the message of a line without year: same day and month, so it is the year. */
  function seekYear(text: string, to: number): void {
    searches--;
    if (known) return;
    const rest = text.slice(stamp.end, Math.min(to, stamp.end + 1000));
    const match = fullDate.exec(rest);
    if (!match || !readStamp(match[1]!, 0, match[1]!.length, inner)) return;
    const written = stampMicros(inner);
    const shift = inner.year - new Date(self.time / 1000).getUTCFullYear();
    if (Math.abs(moveYears(self.time, shift) - written) < 2 * DAY) known = { real: written, provisional: self.time };
  }

  /** A lone number is a time only at the start of a line or behind a key, else it is a phone number. */
  function fits(text: string, at: number, from: number, to: number): boolean {
    if (!readStamp(text, at, to, stamp)) return false;
    if (at === from || text.charCodeAt(at - 1) === 61) return true;
    const third = text.charCodeAt(at + 2);
    const seventh = text.charCodeAt(at + 6);
    const plain = stamp.end - at >= 10 && /^\d+$/.test(text.slice(at, stamp.end));
    return !plain && !(seventh === 32 && third >= 48 && third <= 57 && text.charCodeAt(at) <= 57 && stamp.month > 0);
  }

  return self;
}

/** The same day and time of day `years` later; 29 February becomes 1 March where the year lacks it. */
export function moveYears(time: number, years: number): number {
  if (years === 0 || !Number.isFinite(time)) return time;
  const millis = Math.floor(time / 1000);
  const date = new Date(millis);
  return date.setUTCFullYear(date.getUTCFullYear() + years) * 1000 + (time - millis * 1000);
}

/** Midnight of the last date in a path (`cld-2026-11-12.log`, `cld-logs-sbc1-20261112.tar.xz`), NaN where it has none. */
function dateOfPath(path: string): number {
  let found = NaN;
  for (const [, year, , month, day] of path.matchAll(pathDate)) {
    found = Date.UTC(Number(year), Number(month) - 1, Number(day)) * 1000;
  }
  return found;
}

/** Signs behind which a stamp may begin. */
function opens(code: number): boolean {
  return (
    code === 32 ||
    code === 9 ||
    code === 91 ||
    code === 40 ||
    code === 60 ||
    code === 62 ||
    code === 34 ||
    code === 39 ||
    code === 61 ||
    code === 124 ||
    code === 123 ||
    code === 44 ||
    code === 59 ||
    code === 0 ||
    code === 93
  );
}
