import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createDesk, type DeskOptions, type LocalDesk } from '../../src/analysis/create-desk';
import type { CaseState } from '../../src/analysis/desk';
import { intake } from '../../src/intake/run';
import { rules, ruleWants } from '../../src/rules';
import { readBundle } from '../../src/session/bundle';
import { createStore, type Store } from '../../src/session/store';
import { daemonLog } from '../build/log';
import { pcap } from '../build/pcap';
import { drawPackets } from '../build/ladder';
import { report } from '../build/report';
import { part } from '../build/session';
import { tar, toBytes } from '../build/tar';
import { xz } from '../build/xz';

const files = {
  'bundle.tar.xz': xz(
    tar([
      {
        name: 'site/var/log/cld/cld.log',
        bytes: daemonLog(
          '08:00:00 INFO starting cld version=1.14.2 hostname=mbg1',
          '08:00:01 ERROR token used before issued',
          '08:00:31 ERROR token used before issued',
          '08:01:01 ERROR token used before issued',
          '08:02:00 INFO idle',
        ),
      },
    ]),
  ),
  'report.csv': toBytes(report('a@aster.example | A', 'b@aster.example | B | ZoomSipPhoneNotFound')),
  'calls.pcap': pcap(
    drawPackets({
      hosts: { zoom: '203.0.113.24', sbc: '198.51.100.10' },
      drawn: `
          zoom            sbc
   1.000 |---INVITE-1--->|
   1.010 |<----100-1-----|
   2.000 |<----488-1-----|
   2.010 |-----ACK-1---->|`,
    }),
  ),
};
type Name = keyof typeof files;
const names = Object.keys(files) as Name[];

let store: Store;
let locks: Set<string>;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  store = createStore();
  locks = new Set();
});

/** A desk as the analysis worker makes it; all desks of a test share the browser's store and locks. */
function opened(more: Partial<DeskOptions> = {}): LocalDesk {
  return createDesk({
    rules,
    computerZone: 'UTC',
    store,
    lock: (session) => {
      if (locks.has(session)) return Promise.resolve(undefined);
      locks.add(session);
      return Promise.resolve(() => locks.delete(session));
    },
    ...more,
  });
}
async function drop(desk: LocalDesk, ...dropped: readonly Name[]): Promise<CaseState> {
  for (const name of dropped) await dropAs(desk, name, name);
  return desk.state();
}
async function dropAs(desk: LocalDesk, name: Name, path: string): Promise<CaseState> {
  const blob = new Blob([files[name] as BlobPart]);
  const { harvest, blobs } = await intake({ path, blob, keepBytes: true }, ruleWants);
  return desk.add([harvest], [blob], [blobs]);
}
const found = ({ findings }: CaseState): string[] =>
  findings
    .filter(({ outcome }) => outcome === 'found')
    .map(({ rule, severity, subject }) => `${severity} ${rule} ${JSON.stringify(subject)}`);

describe('what a person says', () => {
  it('declares and takes back', async () => {
    const desk = opened();
    await drop(desk, 'report.csv');
    const before = await desk.state();
    const declared = await desk.declare({ pbx: 'osv', users: ['a@aster.example'] });
    expect(declared.facts.pbx).toMatchObject({ value: 'osv', origin: 'declared' });
    const back = await desk.declare({ pbx: undefined, users: undefined } as object);
    expect(back.declared).toEqual({});
    expect(back.facts).toEqual(before.facts);
    expect(found(back)).toEqual(found(before));
  });

  it('wins over evidence, and the conflict is kept', async () => {
    const desk = opened();
    const seen = await drop(desk, 'bundle.tar.xz');
    expect(seen.facts.hostname).toMatchObject({ value: 'mbg1', origin: 'evidence' });
    const { facts } = await desk.declare({ hostname: 'other' });
    expect(facts.hostname).toMatchObject({ value: 'other', origin: 'declared', conflict: { value: 'mbg1' } });
  });

  it('stays when evidence is added and rules run again', async () => {
    const desk = opened();
    await drop(desk, 'report.csv');
    await desk.note({ answers: { step: { state: 'fail', note: 'seen' } }, findings: { 'a|b': { state: 'handled' } } });
    const { notes } = await drop(desk, 'bundle.tar.xz', 'calls.pcap');
    expect(notes.answers).toEqual({ step: { state: 'fail', note: 'seen' } });
    expect(notes.findings).toEqual({ 'a|b': { state: 'handled' } });
  });

  it('that a path is left out takes its rows away; taken in again it brings the same findings', async () => {
    const desk = opened();
    const before = await drop(desk, ...names);
    expect(before.counts.lines).toBeGreaterThan(0);
    const without = await desk.note({ excluded: ['bundle.tar.xz'] });
    expect(without.counts.lines).toBe(0);
    expect(without.artifacts.filter(({ excluded }) => excluded)).toHaveLength(
      before.artifacts.filter(({ path }) => path.startsWith('bundle.tar.xz')).length,
    );
    expect(found(without).length).toBeLessThan(found(before).length);
    const again = await desk.note({ excluded: [] });
    expect(again.counts).toEqual(before.counts);
    expect(found(again)).toEqual(found(before));
  });
});

it('the same bytes under another name are one source with a further name', async () => {
  const desk = opened();
  const before = await drop(desk, 'report.csv');
  const { sources, counts } = await dropAs(desk, 'report.csv', 'report (1).csv');
  expect(sources).toMatchObject([{ name: 'report.csv', alias: ['report (1).csv'] }]);
  expect(counts).toEqual(before.counts);
  expect((await dropAs(desk, 'report.csv', 'report.csv')).sources[0]!.alias).toEqual(['report (1).csv']);
});

describe('a first look', () => {
  async function look(desk: LocalDesk, name: Name): Promise<CaseState> {
    const blob = new Blob([files[name] as BlobPart]).slice(0, files[name].length - 20);
    const { harvest, blobs } = await intake({ path: name, blob, keepBytes: true }, ruleWants);
    return desk.firstLook(harvest, blob, blobs);
  }
  it('shows the calls of the beginning beside the findings of before, until the whole comes', async () => {
    const whole = await drop(opened(), 'report.csv', 'calls.pcap');
    const desk = opened();
    const before = await drop(desk, 'report.csv');
    const begun = await look(desk, 'calls.pcap');
    expect(begun.counts).toMatchObject({ calls: 1, messages: 3, users: 2 });
    expect(begun.sources).toMatchObject([{ name: 'report.csv' }, { name: 'calls.pcap', firstLook: true }]);
    expect(begun.findings).toEqual(before.findings);
    expect(begun.problems).toEqual([]);
    expect((await desk.message(2)).raw).toContain('SIP/2.0 488');
    const after = await drop(desk, 'calls.pcap');
    expect(after.sources).toEqual(whole.sources);
    expect(after.findings).toEqual(whole.findings);
  });
  it('goes where the whole does not come, and where a person says what findings depend on', async () => {
    const desk = opened();
    const before = await drop(desk, 'report.csv');
    await look(desk, 'calls.pcap');
    const gone = await desk.endFirstLook('calls.pcap');
    expect([gone.sources, gone.counts.calls]).toEqual([before.sources, 0]);
    await look(desk, 'calls.pcap');
    const declared = await desk.declare({ pbx: 'osv' });
    expect([declared.counts.calls, declared.facts.pbx?.value]).toEqual([0, 'osv']);
  });
  it('is no part of a kept session', async () => {
    const desk = opened();
    await drop(desk, 'report.csv');
    await look(desk, 'calls.pcap');
    const { session } = await desk.keep();
    const again = await opened().open(session!.id);
    expect(again.sources.map(({ name }) => name)).toEqual(['report.csv']);
  });
});

describe('a kept session', () => {
  it('gives the same findings when it is opened again, and its bytes', async () => {
    const desk = opened();
    await drop(desk, ...names);
    await desk.declare({ pbx: 'mivb' });
    const kept = await desk.keep();
    await desk.note({ title: 'Aster' });
    await desk.close();
    expect((await desk.state()).sources).toEqual([]);
    const other = opened();
    const again = await other.open(kept.session!.id);
    expect(found(again)).toEqual(found(kept));
    expect(again.counts).toEqual(kept.counts);
    expect([again.notes.title, again.declared.pbx, again.session!.readOnly]).toEqual(['Aster', 'mivb', false]);
    const log = again.artifacts.findIndex(({ path }) => path.endsWith('cld.log'));
    expect(new TextDecoder().decode(await other.bytes(log, 0, 5))).toBe('time=');
    expect(await other.sessions()).toMatchObject([{ title: 'Aster', sources: 3 }]);
  });

  it('that other readers stored is read again from its originals, and gives the same findings', async () => {
    const desk = opened({ mark: 'old' });
    await drop(desk, ...names);
    await dropAs(desk, 'report.csv', 'report (1).csv');
    await desk.declare({ pbx: 'mivb' });
    const kept = await desk.keep();
    const { id } = kept.session!;
    await desk.note({ answers: { 'cl.ucr.01': { state: 'done' } } });
    await desk.close();
    const newer = opened({ mark: 'new' });
    const waiting = await newer.open(id);
    expect([waiting.sources, waiting.counts.lines]).toEqual([[], 0]);
    expect(waiting.unread?.map(({ name }) => name).sort()).toEqual([...names].sort());
    // a change meanwhile loses nothing of what still waits, nor does a page that is closed
    await newer.note({ title: 'Aster' });
    await newer.close();
    await newer.open(id);
    for (const { name, blob } of await newer.originals()) {
      const { harvest } = await intake({ path: name, blob, keepBytes: false }, ruleWants);
      await newer.add([harvest], [blob], []);
    }
    const again = await newer.state();
    expect([again.unread, found(again), again.counts]).toEqual([undefined, found(kept), kept.counts]);
    expect(again.sources).toEqual(kept.sources);
    expect([again.declared.pbx, again.notes.title, again.notes.answers]).toEqual([
      'mivb',
      'Aster',
      { 'cl.ucr.01': { state: 'done' } },
    ]);
    await newer.close();
    expect(found(await newer.open(id))).toEqual(found(kept));
  });

  it('can be read, not written, at a second desk; and written when the first one let it go', async () => {
    const [first, second] = [opened(), opened()];
    await drop(first, 'report.csv');
    const { id } = (await first.keep()).session!;
    expect((await second.open(id)).session!.readOnly).toBe(true);
    await second.note({ title: 'second' });
    expect((await store.read(id))!.row.title).toBe('');
    await first.note({ title: 'first' });
    await first.close();
    const taken = await second.open(id);
    expect([taken.session!.readOnly, taken.notes.title]).toEqual([false, 'first']);
    await second.note({ title: 'second' });
    expect((await store.read(id))!.row.title).toBe('second');
  });

  it('without locks, the desk that comes too late turns read-only instead of overwriting', async () => {
    const [first, second] = [opened({ lock: undefined } as object), opened({ lock: undefined } as object)];
    await drop(first, 'report.csv');
    const { id } = (await first.keep()).session!;
    await second.open(id);
    await second.note({ title: 'second' });
    const late = await first.note({ title: 'first' });
    expect(late.session!.readOnly).toBe(true);
    expect((await store.read(id))!.row.title).toBe('second');
  });

  it('takes many changes at once, each one stored', async () => {
    const desk = opened();
    await drop(desk, 'report.csv');
    const { id } = (await desk.keep()).session!;
    await Promise.all([
      desk.note({ title: 'Aster' }),
      desk.declare({ pbx: 'osv' }),
      dropAs(desk, 'bundle.tar.xz', 'bundle.tar.xz'),
      desk.note({ excluded: ['x'] }),
    ]);
    const stored = (await store.read(id))!;
    expect(stored.row).toMatchObject({ title: 'Aster', declared: { pbx: 'osv' }, notes: { excluded: ['x'] } });
    expect(stored.parts).toHaveLength(2);
    expect((await desk.state()).session!.readOnly).toBe(false);
  });

  it('a source taken away is gone from the store as well', async () => {
    const desk = opened();
    const { sources } = await drop(desk, 'report.csv', 'calls.pcap');
    const { id } = (await desk.keep()).session!;
    await desk.remove(sources.find(({ name }) => name === 'report.csv')!.sha256);
    expect((await store.read(id))!.parts.map(({ harvest }) => harvest.source.name)).toEqual(['calls.pcap']);
    expect(await store.sweep(new Set())).toBe(0);
  });

  it('is renamed, duplicated and erased; what is erased leaves 0 bytes', async () => {
    const desk = opened();
    await drop(desk, 'report.csv');
    const { id } = (await desk.keep()).session!;
    await desk.rename(id, 'open');
    await desk.duplicate(id);
    const copy = (await desk.sessions()).find((session) => session.id !== id)!;
    await desk.rename(copy.id, 'copy');
    expect((await desk.sessions()).map(({ title }) => title).sort()).toEqual(['copy', 'open']);
    expect(await desk.erase(id)).toBe(0);
    expect((await desk.state()).sources).toEqual([]);
    expect(locks.size).toBe(0);
    expect((await desk.sessions()).map(({ title }) => title)).toEqual(['copy']);
    expect(await desk.eraseAll()).toBe(0);
    expect(await desk.sessions()).toEqual([]);
  });

  it('that is not there any more does not disturb the open one', async () => {
    const desk = opened();
    await drop(desk, 'report.csv');
    const { id } = (await desk.keep()).session!;
    await expect(desk.open('never')).rejects.toThrow('session-missing');
    expect((await desk.state()).sources).toHaveLength(1);
    await desk.note({ title: 'still' });
    expect((await store.read(id))!.row.title).toBe('still');
    expect([...locks]).toEqual([id]);
  });
});

describe('where the store fails', () => {
  const full = (): Promise<never> => Promise.reject(new DOMException('full', 'QuotaExceededError'));

  it('keeping changes nothing: the session goes on in memory', async () => {
    const desk = opened();
    const before = await drop(desk, 'report.csv');
    vi.spyOn(store, 'commit').mockImplementationOnce(full);
    await expect(desk.keep()).rejects.toThrow('full');
    const after = await desk.state();
    expect(after.session).toBeUndefined();
    expect(found(after)).toEqual(found(before));
    expect(locks.size).toBe(0);
    expect(await store.sweep(new Set())).toBe(0);
    expect((await desk.keep()).session).toBeDefined();
  });

  it.each(['putPart', 'commit'] as const)(
    'a file that cannot be stored (%s) is not added here either',
    async (step) => {
      const desk = opened();
      const before = await drop(desk, 'report.csv');
      const { id } = (await desk.keep()).session!;
      vi.spyOn(store, step).mockImplementationOnce(full);
      await expect(drop(desk, 'calls.pcap')).rejects.toThrow('full');
      expect((await desk.state()).sources).toEqual(before.sources);
      await desk.note({ title: 'on' });
      const stored = (await store.read(id))!;
      expect([stored.row.title, stored.parts.length]).toEqual(['on', 1]);
      expect((await drop(desk, 'calls.pcap')).sources).toHaveLength(2);
      expect((await store.read(id))!.parts).toHaveLength(2);
    },
  );

  it('a note that cannot be stored is not there, and the next one is', async () => {
    const desk = opened();
    await drop(desk, 'report.csv');
    await desk.keep();
    vi.spyOn(store, 'commit').mockImplementationOnce(full);
    await expect(desk.note({ title: 'lost' })).rejects.toThrow('full');
    expect((await desk.state()).notes.title).toBe('');
    expect((await desk.declare({ pbx: 'osv' })).session!.readOnly).toBe(false);
  });
});

it('sweeps what unfinished imports left when it starts, but not those of other tabs', async () => {
  await store.putPart(part('dead', 'one'));
  await store.putPart(part('busy', 'two'));
  await store.putPart(part('unknown', 'three'));
  opened({ held: () => Promise.resolve(undefined) });
  const desk = opened({ held: () => Promise.resolve(new Set(['busy', 'unknown'])) });
  await drop(desk, 'report.csv');
  await desk.keep();
  expect(await store.sweep(new Set(['busy']))).toBe(1);
  expect(await store.sweep(new Set())).toBe(1);
});

it('exports a file that gives the same session elsewhere', async () => {
  const desk = opened();
  await drop(desk, ...names);
  await dropAs(desk, 'report.csv', 'copy.csv');
  await desk.declare({ pbx: 'mivb', zones: { 'bundle.tar.xz': 'Europe/Paris' } });
  const here = await desk.note({ title: 'Aster', lanes: { '203.0.113.24': 'Zoom' } });
  const file = await desk.exported();
  const read = await readBundle(file);
  if ('fault' in read) throw new Error(read.fault);
  const elsewhere = opened();
  for (const { source, original } of read.bundle.parts) {
    const { harvest, blobs } = await intake({ path: source.name, blob: original, keepBytes: true }, ruleWants);
    await elsewhere.add([harvest], [original], [blobs]);
    for (const alias of source.alias ?? []) await elsewhere.alias(source.sha256, alias);
  }
  await elsewhere.declare(read.bundle.declared);
  const there = await elsewhere.note(read.bundle.notes);
  expect(found(there)).toEqual(found(here));
  expect(there.sources).toEqual(here.sources);
  expect(there.notes).toEqual(here.notes);
  expect(await elsewhere.exported().then((blob) => blob.arrayBuffer())).toEqual(await file.arrayBuffer());
});

it('takes hostile declared values without harm', async () => {
  const desk = opened();
  const before = await drop(desk, ...names);
  const after = await desk.declare({
    incident: { from: 'never', to: '\u0000', zone: '../../etc' },
    zones: { 'bundle.tar.xz': 'Not/AZone' },
    clockOffsets: { 'calls.pcap': 1e300 },
    rtpRanges: ['-1-99999999999', '(((('],
    hosts: [{ address: '__proto__' }],
    numbers: ['(+)*', ''],
  });
  expect(after.sources).toEqual(before.sources);
  expect((await desk.calls({})).length).toBe(before.counts.calls);
  await desk.callRows([0]);
  await desk.lineRows([0, 1]);
  expect(
    found(
      await desk.declare({
        incident: undefined,
        zones: undefined,
        clockOffsets: undefined,
        rtpRanges: undefined,
        hosts: undefined,
        numbers: undefined,
      } as object),
    ),
  ).toEqual(found(before));
});
