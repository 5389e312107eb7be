/**
 * Draws text logs, one line each.
 *
 *   daemonLog('08:00:01 ERROR token expired err="token is expired by 2s"', '08:00:02 INFO tunnel up name=littlemole')
 *   → time=2026-11-12T08:00:01.000Z level=ERROR msg="token expired" err="token is expired by 2s"
 *
 * A drawn line is `[date] time LEVEL message key=value …`: everything before the first `key=` is the message.
 * A line that does not begin with a time is taken as it is (a continuation).
 */
export interface LogStyle {
  /** Default 2026-11-12. */
  readonly date?: string;
  /** `Z`, `+01:00`, or empty for a local time. Default `Z`. */
  readonly zone?: string;
}

export const daemonLog = (...lines: readonly string[]): string => daemonLogIn({}, ...lines);

/** The CloudLink daemon's form: Go's log/slog TextHandler. */
export function daemonLogIn(style: LogStyle, ...lines: readonly string[]): string {
  return draw(style, lines, ({ date, time, zone, level, message, fields }) => {
    const msg = /^[^\s"=]+$/.test(message) ? message : JSON.stringify(message);
    return `time=${date}T${time}${zone} level=${level} msg=${msg}${fields === '' ? '' : ` ${fields}`}`;
  });
}

/** A plain log: `2026-11-12 08:00:01.000 ERROR message …`, without a zone unless the style names one. */
export const textLog = (...lines: readonly string[]): string => textLogIn({}, ...lines);
export function textLogIn(style: LogStyle, ...lines: readonly string[]): string {
  return draw({ zone: '', ...style }, lines, ({ date, time, zone, level, message, fields }) =>
    `${date} ${time}${zone} ${level} ${message} ${fields}`.trimEnd(),
  );
}

interface Drawn {
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  readonly level: string;
  readonly message: string;
  readonly fields: string;
}

function draw(style: LogStyle, lines: readonly string[], write: (drawn: Drawn) => string): string {
  return lines
    .map((line) => {
      const parts = /^(?:(\d{4}-\d\d-\d\d) )?(\d\d:\d\d:\d\d(?:\.\d+)?) (\S+) (.*)$/s.exec(line);
      if (!parts) return `${line}\n`;
      const [, date = style.date ?? '2026-11-12', time = '', level = '', rest = ''] = parts;
      const at = rest.search(/(?:^| )[\w.-]+=/);
      return `${write({
        date,
        time: time.includes('.') ? time : `${time}.000`,
        zone: style.zone ?? 'Z',
        level,
        message: at < 0 ? rest : rest.slice(0, at),
        fields: at < 0 ? '' : rest.slice(at).trimStart(),
      })}\n`;
    })
    .join('');
}
