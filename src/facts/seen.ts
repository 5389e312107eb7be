/** What evidence says about facts: what readers found in the bytes, and what the traffic shows beyond doubt. */
import type { Evidence, SeenFact } from '../evidence/evidence';
import type { Border, FactId, Facts, FactValues, Known, Pbx } from './facts';

type Found = { -readonly [Id in FactId]?: Known<FactValues[Id]> };

const known = new WeakMap<Evidence, Facts>();

/** Facts that evidence gives by itself; worked out once for each evidence. */
export function seenFacts(evidence: Evidence): Facts {
  let facts = known.get(evidence);
  if (!facts) known.set(evidence, (facts = { ...stated(evidence), ...guessed(evidence) }));
  return facts;
}

/** Facts that are one text. */
const plain = ['ntp', 'proxy', 'hostname', 'accountNumber', 'accountId', 'cstaProxy', 'adminEmail'] as const;
/** Facts that are a list of texts. */
const lists = ['users', 'numbers', 'rtpRanges'] as const;

function stated(evidence: Evidence): Facts {
  const byKey = new Map<string, SeenFact[]>();
  for (const fact of evidence.facts) {
    const own = byKey.get(fact.key);
    if (own) own.push(fact);
    else byKey.set(fact.key, [fact]);
  }
  const found: Found = {};
  const give = <Id extends FactId>(id: Id, value: FactValues[Id], artifact: number): void => {
    (found as Record<FactId, unknown>)[id] = { value, origin: 'evidence', artifact } satisfies Known<FactValues[Id]>;
  };
  for (const id of plain) {
    const fact = newest(evidence, byKey.get(id));
    if (fact) give(id, fact.value, fact.artifact);
  }
  for (const id of lists) {
    const facts = byKey.get(id) ?? [];
    if (facts[0]) give(id, [...new Set(facts.map(({ value }) => value))], facts[0].artifact);
  }
  // the state that each tunnel was last said to be in
  const tunnels = new Map((byKey.get('tunnels') ?? []).map((fact) => [fact.value.split(':')[0]!, fact]));
  const firstTunnel = [...tunnels.values()][0];
  if (firstTunnel) give('tunnels', [...tunnels.values()].map(({ value }) => value).join(', '), firstTunnel.artifact);
  for (const id of ['versions', 'status'] as const) {
    const parts: Record<string, string> = {};
    let artifact = -1;
    for (const [key, facts] of byKey) {
      if (!key.startsWith(`${id}.`)) continue;
      const fact = newest(evidence, facts)!;
      parts[key.slice(id.length + 1)] = fact.value;
      artifact = fact.artifact;
    }
    if (artifact >= 0) give(id, parts, artifact);
  }
  return found;
}

/** Of several artifacts the one that ends last speaks; of one artifact its last word. */
function newest(evidence: Evidence, facts: readonly SeenFact[] | undefined): SeenFact | undefined {
  let best: SeenFact | undefined;
  for (const fact of facts ?? []) {
    if (!best || fact.artifact === best.artifact || lastOf(evidence, fact) >= lastOf(evidence, best)) best = fact;
  }
  return best;
}
const lastOf = (evidence: Evidence, { artifact }: SeenFact): number => {
  const last = evidence.artifacts[artifact]?.last ?? NaN;
  return Number.isNaN(last) ? -Infinity : last;
};

/**
 * Systems that the evidence names beyond doubt (domain.md 2.5, 2.6): MBG calls itself `Mitel Border GW`, an OpenScape SBC
 * leaves `X-Siemens-OSS` or `;oss=bcf-`, OpenScape Voice makes Call-IDs `SEC11-…`. A known system excludes rules, so
 * what is only likely (names of files, other agents) says nothing here; two answers are none.
 */
function guessed(evidence: Evidence): Facts {
  const pbx = new Map<Pbx, number>();
  const border = new Map<Border, number>();
  const say = <System>(systems: Map<System, number>, system: System, artifact: number): void => {
    if (!systems.has(system)) systems.set(system, artifact);
  };
  const { messages, fields, strings } = evidence;
  const agents = new Map<number, Border | undefined>();
  for (let row = 0; row < messages.length; row++) {
    const agent = messages.agent[row]!;
    let system = agents.get(agent);
    if (!agents.has(agent)) {
      const name = strings.text(agent);
      system = /^Mitel Border GW\b/i.test(name) ? 'mbg' : /^OpenScape SBC\b/i.test(name) ? 'ossbc' : undefined;
      agents.set(agent, system);
    }
    if (system) say(border, system, messages.artifact[row]!);
    if (!pbx.has('osv') && voiceCallId.test(strings.text(messages.callId[row]!)))
      say(pbx, 'osv', messages.artifact[row]!);
  }
  const header = strings.find('x-siemens-oss');
  const route = strings.find('record-route');
  for (let row = 0; row < fields.length && !border.has('ossbc'); row++) {
    const name = fields.name[row]!;
    if (name <= 0 || (name !== header && name !== route)) continue;
    const value = strings.text(fields.value[row]!);
    if (name === header ? /OpenScape SBC/i.test(value) : /;oss=bcf-/i.test(value)) {
      say(border, 'ossbc', messages.artifact[fields.message[row]!]!);
    }
  }
  const found: Found = {};
  const [[onlyPbx, pbxAt] = []] = pbx;
  if (pbx.size === 1) found.pbx = { value: onlyPbx!, origin: 'evidence', artifact: pbxAt! };
  const [[onlyBorder, borderAt] = []] = border;
  if (border.size === 1) found.border = { value: onlyBorder!, origin: 'evidence', artifact: borderAt! };
  return found;
}
const voiceCallId = /^SEC11-[0-9a-f]{5,8}-[0-9a-f]{5,8}-1-/i;
