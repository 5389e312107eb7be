/**
 * RFC 4475 and RFC 5118: which torture messages are well-formed, and what is wrong with the others. «Accepted» means read
 * without a complaint; a rejected message is kept all the same, with its reason. The texts of the RFCs are in the corpus;
 * those that are missing there are drawn with the same fault.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSipReader } from '../../src/decode/sip';
import { bytesOf } from '../build/pcap';
import { describeWithCorpus } from '../build/corpus';
import { sip, type DrawnSip } from '../build/sip';

const accepted = '';

/** File of the corpus → reason, and the section that says so. */
const table: Readonly<Record<string, readonly [reason: string, section: string]>> = {
  'ersip__intmeth.dat': [accepted, '4475 §3.1.1.2'],
  'ersip__esc01.dat': [accepted, '4475 §3.1.1.3'],
  'ersip__escnull.dat': [accepted, '4475 §3.1.1.4'],
  'ersip__lwsdisp.dat': [accepted, '4475 §3.1.1.6'],
  'ersip__semiuri.dat': [accepted, '4475 §3.1.1.9'],
  'ersip__transports.dat': [accepted, '4475 §3.1.1.10'],
  'ersip__mpart01.dat': [accepted, '4475 §3.1.1.11'],
  'ersip__unreason.dat': [accepted, '4475 §3.1.1.12'],
  'ersip__badinv01.dat': ['empty parameter in Via', '4475 §3.1.2.1'],
  'ersip__ncl.dat': ['Content-Length', '4475 §3.1.2.3'],
  'ersip__quotbal.dat': ['open quote or bracket', '4475 §3.1.2.6'],
  'ersip__ltgtruri.dat': ['request URI in brackets', '4475 §3.1.2.7'],
  'ersip__lwsruri.dat': ['space in request URI', '4475 §3.1.2.8'],
  'ersip__lwsstart.dat': ['spaces in start line', '4475 §3.1.2.9'],
  'ersip__trws.dat': ['space behind the version', '4475 §3.1.2.10'],
  'ersip__escruri.dat': ['headers in request URI', '4475 §3.1.2.11'],
  // wrong for an application only: the syntax is good
  'ersip__insuf.dat': ['no from, to, callId', '4475 §3.3.1'],
  'ersip__unkscm.dat': [accepted, '4475 §3.3.2'],
  'ersip__unksm2.dat': [accepted, '4475 §3.3.4'],
  'ersip__bext01.dat': [accepted, '4475 §3.3.5'],
  'ersip__invut.dat': [accepted, '4475 §3.3.6'],
  'ersip__regaut01.dat': [accepted, '4475 §3.3.7'],
  'ersip__mcl01.dat': ['several Content-Length', '4475 §3.3.9'],
  'ersip__cparam02.dat': [accepted, '4475 §3.3.14'],
  'ersip__ipv6-bad': ['IPv6 address without brackets', '5118 §4.2'],
  'ersip__port-ambiguous': [accepted, '5118 §4.3'],
  'ersip__via-received-param-no-delim': [accepted, '5118 §4.5'],
  'ersip__ipv6-in-sdp': [accepted, '5118 §4.6'],
  'ersip__ipv6-bug-abnf-3-colons': ['IPv6 address', '5118 §4.10'],
  'ersip__ipv6-correct-abnf-2-colons': [accepted, '5118 §4.10'],
};

const invite = 'INVITE sip:bob@example.com SIP/2.0';
const drawn: readonly (readonly [name: string, message: DrawnSip, reason: string])[] = [
  [
    'wsinv §3.1.1.1',
    { start: invite, headers: ['TO:\r\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n'] },
    accepted,
  ],
  ['esc02 §3.1.1.5', { start: 'RE%47IST%45R sip:registrar.example.com SIP/2.0' }, accepted],
  [
    'longreq §3.1.1.7',
    { start: invite, headers: [`To: "${'long '.repeat(100)}" <sip:${'user'.repeat(60)}@example.com>`] },
    accepted,
  ],
  ['noreason §3.1.1.13', { start: 'SIP/2.0 100 ' }, accepted],
  [
    'scalar02 §3.1.2.4',
    { start: 'REGISTER sip:example.com SIP/2.0', cseq: '36893488147419103232 REGISTER' },
    'CSeq number',
  ],
  [
    'scalarlg §3.1.2.5',
    { start: 'SIP/2.0 503 Service Unavailable', cseq: '9292394834772304023312 OPTIONS' },
    'CSeq number',
  ],
  ['baddate §3.1.2.12', { start: invite, headers: ['Date: Fri, 01 Jan 2010 16:00:00 EST'] }, accepted],
  [
    'regbadct §3.1.2.13',
    {
      start: 'REGISTER sip:example.com SIP/2.0',
      headers: ['Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E'],
    },
    'address without brackets in Contact',
  ],
  [
    'badaspec §3.1.2.14',
    { start: 'OPTIONS sip:user@example.org SIP/2.0', headers: ['To: "Watson, Thomas" < sip:t.watson@example.org >'] },
    'space in address',
  ],
  [
    'baddn §3.1.2.15',
    {
      start: 'OPTIONS sip:t.watson@example.org SIP/2.0',
      headers: ['From:    Bell, Alexander <sip:a.g.bell@example.com>;tag=43'],
    },
    'address without a scheme',
  ],
  ['badvers §3.1.2.16', { start: 'OPTIONS sip:t.watson@example.org SIP/7.0' }, 'SIP version'],
  [
    'mismatch01 §3.1.2.17',
    { start: 'OPTIONS sip:user@example.com SIP/2.0', cseq: '8 INVITE' },
    'CSeq method differs from the request',
  ],
  [
    'mismatch02 §3.1.2.18',
    { start: 'NEWMETHOD sip:user@example.com SIP/2.0', cseq: '8 INVITE' },
    'CSeq method differs from the request',
  ],
  ['bigcode §3.1.2.19', { start: 'SIP/2.0 4294967301 better not break the receiver' }, 'status code'],
  [
    'badbranch §3.2.1',
    { start: 'OPTIONS sip:user@example.com SIP/2.0', headers: ['Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK'] },
    accepted,
  ],
  ['novelsc §3.3.3', { start: 'OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0' }, accepted],
  [
    'multi01 §3.3.8',
    { start: invite, headers: ['From: sip:a@example.com;tag=1\r\nFrom: sip:b@example.com;tag=2'] },
    'several From',
  ],
  [
    'bcast §3.3.10',
    {
      start: 'SIP/2.0 200 OK',
      headers: [
        'Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923',
        'Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23',
      ],
    },
    accepted,
  ],
  [
    'cparam01 §3.3.13',
    { start: 'REGISTER sip:example.com SIP/2.0', headers: ['Contact: sip:+19725552222@gw1.example.net;unknownparam'] },
    accepted,
  ],
  ['ipv6-good 5118 §4.1', { start: 'REGISTER sip:[2001:db8::10] SIP/2.0' }, accepted],
  ['port-unambiguous 5118 §4.4', { start: 'REGISTER sip:[2001:db8::10]:5070 SIP/2.0' }, accepted],
  ['ipv4-mapped-ipv6 5118 §4.9', { start: 'INVITE sip:user@[::ffff:192.0.2.10]:19823 SIP/2.0' }, accepted],
];

const reasonOf = (bytes: Uint8Array): string => {
  const reader = createSipReader();
  expect(reader.read(bytes, 0, bytes.length)).toBe(true);
  return reader.message.malformed;
};

describe('drawn after the RFCs', () => {
  it.each(drawn)('%s', (_, message, reason) => {
    expect(reasonOf(bytesOf(sip(message)))).toBe(reason);
  });
});

describeWithCorpus('sip-messages', (folder) => {
  it.each(Object.entries(table))('%s', (name, [reason]) => {
    expect(reasonOf(new Uint8Array(readFileSync(`${folder}/${name}`)))).toBe(reason);
  });
});
