/** Draws a ladder as logs print it: the same messages, in the words of three kinds of traces. */
import type { DrawnCapture } from '../../src/rules/example';
import { drawMessages, drawingStart, type DrawnMessage } from './ladder';

const stamp = (capture: DrawnCapture, { time }: DrawnMessage): string =>
  new Date(Date.parse(capture.start ?? drawingStart) + Math.round(time * 1000)).toISOString().replace('Z', '');

export const sipLogs = {
  /** A line that says who sent it, then the message with line feeds, then a ruler. */
  framed: (capture: DrawnCapture): string =>
    drawMessages(capture)
      .map(
        (message) =>
          `${stamp(capture, message)}Z On ${message.target} received from ${message.source}\n${message.text.replaceAll('\r\n', '\n')}\n----------------------------------------\n`,
      )
      .join(''),
  /** Every line behind a time and a thread. */
  prefixed: (capture: DrawnCapture): string =>
    drawMessages(capture)
      .map((message) => {
        const head = `${stamp(capture, message).replace('T', ' ')}Z [sip-7] `;
        const lines = message.text.replace(/\r\n$/, '').split('\r\n');
        return [`${message.source} -> ${message.target}`, ...lines, ''].map((line) => `${head}${line}\n`).join('');
      })
      .join(''),
  /** One line a message, control characters in octal as rsyslog writes them. */
  escaped: (capture: DrawnCapture): string =>
    drawMessages(capture)
      .map(
        (message) =>
          `${stamp(capture, message)}Z osv1 siptrace[99]: sent to ${message.target} by ${message.source}: ${message.text.replaceAll('\r\n', '#015#012')}\n`,
      )
      .join(''),
} as const;
