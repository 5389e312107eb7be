/**
 * The correlation id that a log line carries, in any of its usual spellings; else the id of a request, as a UUID.
 *
 *   push sent x-mitel-correlation-id=1f0c1d52-3a0b-4a52-9d0e-0c5a4c7b1e01
 *   'correlation_id': '1f0c1d52-3a0b-4a52-9d0e-0c5a4c7b1e01'
 */
export const correlationExpression =
  /(?:x-mitel-correlation-id|corr(?:elation)?[-_. ]?id|correlation)['"]?\s{0,2}[:=]\s{0,2}['"]?([0-9A-Za-z][\w.:-]{7,63})/i;
export const requestExpression =
  /(?:request|trace|req|transaction)[-_. ]?id['"]?\s{0,2}[:=]\s{0,2}['"]?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/i;

export const correlationIn = (text: string): string =>
  (correlationExpression.exec(text) ?? requestExpression.exec(text))?.[1] ?? '';
