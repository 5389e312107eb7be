import { describe, expect, it } from 'vitest';
import curl from '../../src/artifacts/curl-transcript';
import host from '../../src/artifacts/host-status';
import image from '../../src/artifacts/image';
import json from '../../src/artifacts/json-document';
import ntp from '../../src/artifacts/ntp-status';
import proxy from '../../src/artifacts/proxy-settings';
import type { ArtifactKind } from '../../src/artifacts/kind';
import { bytesOf, readAs } from '../build/reading';

const factsOf = (kind: ArtifactKind, path: string, ...lines: readonly string[]): string[] =>
  readAs(kind, `${lines.join('\n')}\n`, { path }).facts.map(({ key, value }) => `${key}: ${value}`);
const certainty = (kind: ArtifactKind, path: string, text: string): number => kind.sniff(bytesOf(text), path).certainty;

describe('proxy settings', () => {
  it.each([
    [['export HTTPS_PROXY="http://10.0.0.5:3128"'], ['proxy: http://10.0.0.5:3128']],
    [['https_proxy=http://joe:s3cret@proxy:3128'], ['proxy: http://***@proxy:3128']],
    [
      ['Environment="HTTPS_PROXY=http://p:1" "NO_PROXY=localhost,.io"'],
      ['proxy: http://p:1', 'proxy.except: localhost,.io'],
    ],
    [['HTTPS_PROXY='], ['proxy.unset: ']],
    [['HTTPS_PROXY=http://old:1', 'HTTPS_PROXY=http://new:2'], ['proxy: http://new:2']],
    [['# HTTPS_PROXY=http://p:1', 'NO_PROXY=*'], ['proxy.except: *']],
    [['HTTP_PROXY=http://p:1'], ['proxy.unset: ']],
  ])('%j', (lines, facts) => {
    expect(factsOf(proxy, 'proxy.conf', ...lines)).toEqual(facts);
  });

  it('are not seen in a log or a script that speaks of them', () => {
    expect(certainty(proxy, 'x.log', '2026-11-12 08:00:00 INFO HTTPS_PROXY=http://p:1\n')).toBe(0);
    expect(certainty(proxy, 'x.sh', 'if [ -z "$https_proxy" ]; then echo none; fi\n')).toBe(0);
  });
});

describe('a transcript of curl', () => {
  const asked = '$ curl -v --proxy http://10.0.0.5:3128 https://download.mitel.io/cld/linux/amd64/current.json';
  const tunnel = [
    '* Connected to 10.0.0.5 (10.0.0.5) port 3128 (#0)',
    '* Establish HTTP proxy tunnel to download.mitel.io:443',
    '> CONNECT download.mitel.io:443 HTTP/1.1',
    '> Host: download.mitel.io:443',
  ];
  it.each<[string, string[], string]>([
    [
      'succeeds through the proxy',
      [asked, ...tunnel, '< HTTP/1.1 200 Connection established', '> GET /cld HTTP/1.1', '< HTTP/1.1 200 OK'],
      'fault=none code=0 status=200 target=download.mitel.io proxy=10.0.0.5:3128',
    ],
    [
      'is refused by the proxy',
      [
        ...tunnel,
        '< HTTP/1.1 407 Proxy Authentication Required',
        '* CONNECT tunnel failed, response 407',
        'curl: (56) CONNECT tunnel failed, response 407',
      ],
      'fault=proxy-auth code=56 status=407 target=download.mitel.io proxy=10.0.0.5:3128',
    ],
    [
      'does not reach the proxy',
      [
        asked,
        '*   Trying 10.0.0.5:3128...',
        'curl: (7) Failed to connect to 10.0.0.5 port 3128 after 2 ms: Connection refused',
      ],
      'fault=proxy code=7 status=0 target=download.mitel.io proxy=10.0.0.5:3128',
    ],
    [
      'does not find the name',
      ['* Could not resolve host: download.mitel.io', 'curl: (6) Could not resolve host: download.mitel.io'],
      'fault=dns code=6 status=0 target=download.mitel.io proxy=',
    ],
    [
      'runs into a time-out',
      [
        '*   Trying 192.0.2.7:443...',
        'curl: (28) Failed to connect to download.mitel.io port 443: Connection timed out',
      ],
      'fault=unreachable code=28 status=0 target=download.mitel.io proxy=',
    ],
    [
      'does not trust the certificate',
      [
        '*   Trying 192.0.2.7:443...',
        '* Connected to download.mitel.io (192.0.2.7) port 443',
        '* SSL certificate problem: self-signed certificate in certificate chain',
        'curl: (60) SSL certificate problem: self-signed certificate in certificate chain',
      ],
      'fault=tls code=60 status=0 target=download.mitel.io proxy=',
    ],
    [
      'is answered with an error',
      ['*   Trying 192.0.2.7:443...', '> GET /x HTTP/2', '> Host: download.mitel.io', '< HTTP/2 403'],
      'fault=http code=0 status=403 target=download.mitel.io proxy=',
    ],
  ])('that %s', (_, lines, outcome) => {
    expect(factsOf(curl, 'curl.txt', ...lines)).toEqual([`curl: ${outcome}`]);
  });

  it('keeps transfers apart and points to the line that decides', () => {
    const { facts } = readAs(
      curl,
      `* Could not resolve host: a.example\ncurl: (6) x\n${asked}\n${tunnel.join('\n')}\n< HTTP/1.1 503 Busy\n`,
    );
    expect(facts.map(({ value }) => value.split(' ')[0])).toEqual(['fault=dns', 'fault=proxy']);
    expect(facts[0]).toMatchObject({ offset: 0, length: 35 });
  });

  it('gives the version that the answer names', () => {
    expect(
      factsOf(
        curl,
        'c',
        '*   Trying 192.0.2.7:443...',
        '> GET /x HTTP/2',
        '< HTTP/2 200',
        '{"version":"v1.15.0","min":"1.2.0"}',
      ),
    ).toContain('current.version: 1.15.0');
  });

  it('is not seen in a log that quotes one', () => {
    const line = '2026-11-12 08:00:00 ERROR curl: (6) Could not resolve host: download.mitel.io\n';
    expect(certainty(curl, 'x.log', line)).toBe(0);
  });
});

describe('a JSON document', () => {
  it('gives versions where it is named as the published one', () => {
    const text = '{"cld":{"version":"1.15.0","sha":"1.2.3"},"latest":"1.15.0"}';
    expect(factsOf(json, 'x.zip!/current.json', text)).toEqual(['current.version: 1.15.0']);
    expect(factsOf(json, 'x.json', text)).toEqual(['versions.cld: 1.15.0']);
  });

  it('gives what an inventory of the daemon states, with its place', () => {
    const text =
      '{"cloudlink":{"accountId":""},"hostname":"sbc1","tunnels":[{"name":"a","state":"up"},{"name":"b","state":"failed"}]}';
    const { facts } = readAs(json, text);
    expect(facts.map(({ key, value }) => `${key}: ${value}`)).toEqual([
      'onboarding: no',
      'tunnels: a: up',
      'tunnels: b: failed',
      'hostname: sbc1',
    ]);
    const at = facts.find(({ key }) => key === 'hostname')!;
    expect(text.slice(at.offset, at.offset + at.length)).toBe('"sbc1"');
  });

  it('says where it breaks, and leaves logs of one line to those who read times', () => {
    expect(readAs(json, '{"a": 1,}').problems).toMatchObject([{ code: 'bad-json' }]);
    expect(certainty(json, 'x', '{"time":"2026-11-12T08:00:00Z","level":"INFO","msg":"x"}\n')).toBe(0);
    expect(certainty(json, 'x', '{"a":1}\n{"a":2}\n')).toBe(0);
  });

  it('survives names that objects have of their own', () => {
    expect(() => readAs(json, '{"__proto__":{"constructor":"cld"},"toString":"mitel.io"}')).not.toThrow();
  });
});

describe('an image', () => {
  it('says its size, and is no image where it only begins with its letters', () => {
    const png = new Uint8Array([
      0x89, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 5, 0, 0, 0, 3, 32,
    ]);
    expect(readAs(image, png).reading.note?.en).toBe('PNG, 1280 × 800');
    expect(certainty(image, 'x', 'BM, a note about something\n')).toBe(0);
    expect(certainty(image, 'x', 'GIF89 is a format\n')).toBe(0);
  });
});

describe('the state of a host', () => {
  it.each<[string, string, string[]]>([
    ['x.tar!/etc/hostname', 'mbg1', ['hostname: mbg1']],
    ['x.tar!/sos_commands/host/hostname', 'mbg1.example.org', ['hostname: mbg1.example.org']],
    ['x.tar!/etc/timezone', 'Europe/Paris', ['zone: Europe/Paris']],
    ['x.tar!/sos_commands/date/date', 'Thu Nov 12 09:00:01 CET 2026', ['zone: CET']],
    ['date', 'jeu. 12 nov. 2026 09:00:01 CET', ['zone: CET']],
    ['x', 'Linux sbc1 5.10.0-28-amd64 #1 SMP Debian', ['hostname: sbc1']],
    ['x.tar!/version.txt', 'MiVoice Border Gateway 12.2.0.72', ['versions.mbg: 12.2.0.72']],
    ['x.tar!/version.txt', 'cld-1.14.2-1.x86_64', ['versions.cld: 1.14.2']],
    ['x.tar!/installed-rpms', 'MiVoice 5000 8.2 for MBG 12.2', []],
    ['inventory.txt', 'Account ID: none', ['onboarding: no']],
    ['inventory.txt', 'Account Number: 123456789', ['accountNumber: 123456789']],
  ])('%s: %s', (path, line, facts) => {
    expect(factsOf(host, path, line)).toEqual(facts);
  });

  it('says when the bundle was made', () => {
    const { reading } = readAs(host, 'Thu Nov 12 09:00:01 CET 2026\n', { path: 'date' });
    expect(reading).toMatchObject({ clock: 'zoned', first: Date.UTC(2026, 10, 12, 8, 0, 1) * 1000 });
  });

  it('is not seen in a text that speaks of products and hosts', () => {
    expect(certainty(host, 'notes.txt', 'MiVoice 5000 8.3 is required, MBG 12.2.0.72\n')).toBe(0);
    expect(certainty(host, 'x', '2026-11-12 08:00:00 INFO started\n')).toBe(0);
    expect(certainty(host, 'x', 'sbc1\n')).toBe(0);
  });
});

it('a clock status names the zone of its host', () => {
  const lines = ['                Time zone: Europe/Paris (CET, +0100)', 'System clock synchronized: yes'];
  expect(factsOf(ntp, 'x', ...lines)).toEqual(['ntp: synchronised by timedatectl', 'zone: Europe/Paris']);
});
