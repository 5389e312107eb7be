/**
 * Grounds for rules out of what an example draws: real files are written, the real readers read them, and clock, links
 * and facts are derived as the desk derives them.
 */
import { createPool, sealPool } from '../../src/base/strings';
import { kinds } from '../../src/artifacts/index';
import type { ArtifactKind } from '../../src/artifacts/kind';
import { createClock, type Clock } from '../../src/evidence/clock';
import type { Artifact, Evidence, Harvest, Problem, SeenFact } from '../../src/evidence/evidence';
import { link } from '../../src/evidence/link';
import { createBuilders, merge, sealTables } from '../../src/evidence/merge';
import { zoneOffset, type Declared, type Facts } from '../../src/facts/facts';
import { withReportOrder } from '../../src/facts/report-order';
import { sameHosts } from '../../src/facts/resolve';
import type { Context } from '../../src/rules/evaluate';
import type { DrawnCapture, GroundsSpec } from '../../src/rules/example';
import { ruleWants } from '../../src/rules/index';
import type { Grounds, Need } from '../../src/rules/rule';
import { drawConnections } from './connections';
import { events } from './events';
import { drawCapture } from './ladder';
import { daemonLogIn } from './log';
import { report } from './report';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** The files that a specification draws. */
export function drawnFiles(spec: GroundsSpec): Files {
  const files: Record<string, string | Uint8Array> = {};
  const { ladder } = spec;
  const captures: readonly DrawnCapture[] =
    ladder === undefined
      ? []
      : typeof ladder === 'string'
        ? [{ drawn: ladder }]
        : 'drawn' in ladder
          ? [ladder]
          : ladder;
  captures.forEach((capture, n) => {
    files[capture.path ?? (n === 0 ? 'capture.pcap' : `capture-${n + 1}.pcap`)] = drawCapture(capture);
  });
  if (spec.connections) files['connections.pcap'] = drawConnections(spec.connections);
  if (spec.report) files['report.csv'] = report(...spec.report);
  for (const [path, rows] of Object.entries(spec.reports ?? {})) files[path] = report(...rows);
  if (spec.log) files['var/log/cld/cld.log'] = daemonLogIn({}, ...spec.log);
  for (const [path, { zone, lines }] of Object.entries(spec.logs ?? {})) {
    files[path] = daemonLogIn(zone === undefined ? {} : { zone }, ...lines);
  }
  if (spec.events) files['events.csv'] = events(...spec.events);
  for (const [path, lines] of Object.entries(spec.files ?? {})) files[path] = lines.map((line) => `${line}\n`).join('');
  return files;
}

/** One harvest a file, read in one piece by the kind that is surest of it. */
/** `headers`: SIP headers to keep beside those that rules want. */
export function readFiles(files: Files, headers: readonly string[] = []): Harvest[] {
  return Object.entries(files).map(([path, content]) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const kind = recognise(bytes, path);
    const tables = createBuilders();
    const strings = createPool();
    const problems: Problem[] = [];
    const facts: SeenFact[] = [];
    const reader = kind?.open({
      tables,
      strings,
      artifact: 0,
      path,
      wants: { ...ruleWants, headers: [...ruleWants.headers, ...headers.map((name) => name.toLowerCase())] },
      problem: (code, offset, detail = '') => problems.push({ artifact: 0, code, offset, detail }),
      fact: (key, value, offset, length) => facts.push({ artifact: 0, key, value, offset, length }),
    });
    reader?.push(bytes);
    const reading = reader?.end() ?? { records: 0, first: NaN, last: NaN, clock: 'none' as const };
    const artifact: Artifact = {
      parent: -1,
      path,
      kind: kind?.id ?? 'unrecognised',
      confidence: 'certain',
      reason: { en: '', fr: '' },
      provides: kind?.provides ?? [],
      bytes: bytes.length,
      ...reading,
    };
    return {
      source: { sha256: path, name: path, bytes: bytes.length },
      artifacts: [artifact],
      tables: sealTables(tables),
      strings: sealPool(strings),
      problems,
      facts,
    };
  });
}

function recognise(bytes: Uint8Array, path: string): ArtifactKind | undefined {
  const sniffed = kinds
    .map((kind) => ({ kind, certainty: kind.sniff(bytes.subarray(0, 65_536), path).certainty }))
    .filter(({ certainty }) => certainty > 0)
    .sort((a, b) => b.certainty - a.certainty);
  return sniffed[0]?.kind;
}

export interface ReadGrounds extends Grounds {
  readonly evidence: Evidence;
  readonly clock: Clock;
}

export function grounds(spec: GroundsSpec, more: Declared = {}): ReadGrounds {
  const named = { ...spec.facts, ...more }.correlationHeaders ?? [];
  const harvests = readFiles(drawnFiles(spec), named).map((harvest) => ({
    ...harvest,
    artifacts: harvest.artifacts.map((artifact) => ({
      ...artifact,
      provides: [...artifact.provides, ...(spec.provides?.[artifact.path] ?? [])],
    })),
  }));
  const archives = Object.entries(spec.damaged ?? {}).map(([path, code]) => damagedArchive(path, code));
  return groundsOf([...harvests, ...archives], { ...spec.facts, ...more }, spec.zone);
}

/** The intake opens archives, the readers do not: what it would have told of one. */
function damagedArchive(path: string, code: string): Harvest {
  const [read] = readFiles({ [path]: new Uint8Array(100) });
  return {
    ...read!,
    artifacts: [{ ...read!.artifacts[0]!, kind: 'xz' }],
    problems: [{ artifact: 0, code, offset: 50, detail: '' }],
  };
}

export function groundsOf(harvests: readonly Harvest[], declared: Declared = {}, zone = 'UTC'): ReadGrounds {
  const merged = merge(harvests);
  const facts = Object.fromEntries(
    Object.entries(declared).map(([id, value]) => [id, { value, origin: 'declared' }]),
  ) as Facts;
  const evidence = withReportOrder(merged, facts);
  const clock = createClock(
    evidence,
    {
      zones: facts.zones?.value ?? {},
      offsets: facts.clockOffsets?.value ?? {},
      computerZone: zone,
      ...(facts.incident ? { incidentZone: facts.incident.value.zone } : {}),
    },
    zoneOffset,
  );
  const links = link(evidence, clock, sameHosts(facts), undefined, facts.correlationHeaders?.value);
  return { evidence, clock, links, facts };
}

/** What the desk tells the rules about the evidence. */
export function contextOf({ evidence }: Grounds): Context {
  const kindIds = new Set(evidence.artifacts.map(({ kind }) => kind));
  const met = new Set<Need>();
  if (evidence.sources.length > 0) met.add('any');
  if (evidence.users.length > 0 || kindIds.has('comparison-report')) met.add('report');
  if (evidence.events.length > 0 || kindIds.has('event-history')) met.add('events');
  if (kindIds.has('cloudlink-daemon-log')) met.add('daemon-log');
  if (evidence.lines.length > 0) met.add('text-log');
  if (kindIds.has('registrar-listing')) met.add('registrar');
  if (kindIds.has('sbc-subscribers')) met.add('subscribers');
  if (kindIds.has('push-log')) met.add('push-log');
  if (kindIds.has('packet-capture') || evidence.messages.length > 0) met.add('signalling');
  const missing: Readonly<Record<Need, readonly string[]>> = {
    any: [],
    report: ['art.ucr'],
    events: ['art.events'],
    registrar: ['art.mivb.registrar'],
    subscribers: ['art.sbc.subs'],
    'push-log': ['art.sbc.push'],
    'daemon-log': ['art.cld.log'],
    'text-log': ['art.cld.log'],
    signalling: ['art.mbg.pcap.sig'],
  };
  return {
    provided: new Set(evidence.artifacts.flatMap(({ provides }) => provides)),
    met,
    missingFor: (need) => missing[need],
  };
}
