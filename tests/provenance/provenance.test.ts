import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/facts/facts';
import { missingFor } from '../../src/provenance/needs';
import { contentClues, provenance, provenanceOf, type Subject } from '../../src/provenance/provenance';
import { provenances } from '../../src/provenance/table';

const subject = (path: string, more: Partial<Subject> & { text?: string } = {}): Subject => ({
  parent: -1,
  path,
  kind: 'unrecognised',
  provides: [],
  content: contentClues(new TextEncoder().encode(more.text ?? 'some text\n')),
  reading: {},
  ...more,
});
const capture = (path: string): Subject => subject(path, { kind: 'packet-capture', reading: { capture: {} } });
const sure = (one: Subject, members: readonly string[] = []): string[] =>
  provenanceOf(one, members)
    .filter(({ certainty }) => certainty !== 'hint')
    .map(({ id }) => id);

describe('provenance', () => {
  it('knows the 33 pieces of the guides', () => {
    expect(provenances).toHaveLength(33);
    expect(new Set(provenances.map(({ id }) => id)).size).toBe(33);
    for (const { id, collect } of provenances) {
      expect(id).toMatch(/^art\.[a-z0-9.]+$/);
      expect(collect.fr).not.toBe('');
    }
  });

  it.each<[string, string[]]>([
    ['x.tar.xz!/var/log/cld/cld.log', ['art.cld.log']],
    ['x.tar.xz!/var/log/cld/cld.log.2.gz!/cld.log.2', ['art.cld.log']],
    ['micloud_logs/app.log', ['art.osv.micloud']],
    ['cstaproxy_log/proxy.log', ['art.osv.cstaproxy']],
    ['cstasmdump.output', ['art.osv.cstasmdump']],
    ['x.zip!/current.json', ['art.currentjson']],
    ['notes.txt', []],
  ])('by its place: %s', (path, ids) => {
    expect(sure(subject(path))).toEqual(ids);
  });

  it.each<[string, string]>([
    ['HTTPS_PROXY=http://proxy:3128\nNO_PROXY=localhost\n', 'art.proxy'],
    ['* Trying 192.0.2.1:3128...\n> CONNECT download.mitel.io:443 HTTP/1.1\n', 'art.curl'],
    ['System clock synchronized: no\n NTP service: active\n', 'art.ntp'],
    ['Reference ID    : 0\nLeap status     : Not synchronised\n', 'art.ntp'],
    ["headers {'x-mitel-correlation-id': '2b1c'}\n", 'art.sbc.push'],
    ['email,name,clUserId,licenses,zmUserId,zmSipPhoneId\n', 'art.ucr'],
  ])('by its content: %s', (text, id) => {
    expect(sure(subject('pasted.txt', { text }))).toContain(id);
  });

  it('takes a bundle for what its tree says', () => {
    const cld = ['x.tgz!/var/log/cld/cld.log', 'x.tgz!/etc/hostname'];
    expect(sure(subject('x.tgz', { kind: 'gzip' }), cld)).toEqual(['art.cld.bundle']);
    const sos = [...cld, 'x.tgz!/sos_commands/date/date'];
    expect(sure(subject('x.tgz', { kind: 'gzip' }), sos)).toEqual(['art.msl.sos']);
    expect(sure(subject('cld-logs-sbc1.tar.xz', { kind: 'xz' }))).toEqual(['art.cld.bundle']);
    expect(sure(subject('a.tgz', { kind: 'gzip' }), ['a.tgz!/RapidStat_sbc1/log/sip.log'])).toEqual([
      'art.sbc.rapidstat',
    ]);
    expect(sure(subject('logs.zip', { kind: 'zip' }), ['logs.zip!/cloudlink-gateway/app.log'])).toEqual([
      'art.clgw.logs',
    ]);
    // an archive in an archive speaks for itself
    expect(sure(subject('all.zip', { kind: 'zip' }), ['all.zip!/rapidstat.tar.gz'])).toEqual([]);
  });

  it('takes every capture for one, and tells MiVB’s by its folder', () => {
    expect(sure(capture('trace.pcap'))).toEqual(['art.pcap.any']);
    expect(sure(capture('x.tgz!/vmail/c.pcap'))).toEqual(['art.mivb.tcpdump', 'art.pcap.any']);
    expect(sure(capture('mbg-signaling.pcap'))).toEqual(['art.mbg.pcap.sig', 'art.pcap.any']);
  });

  it('lets the name of a bundle speak for the bundle alone', () => {
    const inside = subject('rapidstat.tar.gz!/readme', { parent: 0 });
    const answered = provenance([subject('rapidstat.tar.gz', { kind: 'gzip' }), inside]);
    expect(answered.map(({ provides }) => provides)).toEqual([['art.sbc.rapidstat'], []]);
  });

  it('leaves to a person what only a name suggests', () => {
    const maybe = (one: Subject): readonly string[] => provenance([one])[0]!.maybe;
    expect(maybe(subject('gw-logs.zip', { kind: 'zip' }))).toEqual(['art.clgw.logs']);
    expect(maybe(capture('tcpdump-1.pcap'))).toEqual(['art.mivb.tcpdump']);
    expect(maybe(subject('rapidstat-gw-logs.zip', { kind: 'zip' }))).toEqual([]);
    expect(maybe(subject('notes.txt'))).toEqual([]);
  });
});

describe('what is missing', () => {
  const known = (facts: object): Facts =>
    Object.fromEntries(Object.entries(facts).map(([id, value]) => [id, { value, origin: 'declared' }]));
  it.each<[object, string[]]>([
    [{ pbx: 'mivb' }, ['art.mbg.pcap.sig', 'art.mivb.tcpdump']],
    [{ pbx: 'mv5000' }, ['art.mbg.pcap.sig']],
    [{ pbx: 'os4k' }, ['art.sbc.rapidstat', 'art.os4k.rmx']],
    [{ pbx: 'osv' }, ['art.sbc.rapidstat', 'art.osv.rtt']],
    [{ border: 'ossbc' }, ['art.sbc.rapidstat']],
    [{}, ['art.mbg.pcap.sig', 'art.pcap.any']],
  ])('signalling, where %j', (facts, ids) => {
    expect(missingFor('signalling', known(facts))).toEqual(ids);
  });

  it('is always a piece that the guides name', () => {
    for (const need of ['report', 'events', 'daemon-log', 'text-log', 'signalling', 'any'] as const) {
      for (const pbx of ['mivb', 'mv5000', 'os4k', 'osv', undefined]) {
        const ids = missingFor(need, known(pbx ? { pbx } : {}));
        expect(ids.length).toBeGreaterThan(0);
        for (const id of ids) expect(provenances.map((row) => row.id)).toContain(id);
      }
    }
  });
});
