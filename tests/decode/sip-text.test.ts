import { expect, it } from 'vitest';
import { parseMessage } from '../../src/decode/sip-text';
import { sdp, sip } from '../build/sip';

it('gives every header in its order, unfolded, with its long name', () => {
  const body = sdp('192.0.2.1', 4000);
  const text = sip({
    start: 'INVITE sip:bob@example.com SIP/2.0',
    headers: ['Subject: first\r\n  second', 'x : 90', 'Route: <sip:a;lr>', 'Route: <sip:b;lr>', 'no header here'],
    body,
  });
  const message = parseMessage(text);
  expect(message).toMatchObject({
    method: 'INVITE',
    uri: 'sip:bob@example.com',
    status: 0,
    body,
    odd: ['no header here'],
  });
  expect(text.slice(message.bodyAt)).toBe(body);
  expect(message.headers.slice(-4)).toEqual([
    { name: 'Subject', long: 'subject', value: 'first second' },
    { name: 'x', long: 'session-expires', value: '90' },
    { name: 'Route', long: 'route', value: '<sip:a;lr>' },
    { name: 'Route', long: 'route', value: '<sip:b;lr>' },
  ]);
});

it('reads a response', () => {
  expect(parseMessage('SIP/2.0 486 Busy Here\nf: x\n\n')).toMatchObject({
    status: 486,
    reason: 'Busy Here',
    method: '',
  });
});

it.each(['', '\r\n\r\n', 'x', 'SIP/2.0', ': \r\n:', ' \n \n'])('bears %j', (text) => {
  expect(parseMessage(text).status).toBe(0);
});
