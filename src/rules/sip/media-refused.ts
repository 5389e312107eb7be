import type { Evidence } from '../../evidence/evidence';
import { text, type Text } from '../../text/text';
import type { Examples } from '../example';
import { mediaChains, mediaOf } from '../exchanges';
import { rule, type Grounds, type Hit } from '../rule';
import { headerValues, seenIn } from '../signalling';
import { sipSteps } from '../sip-steps';
import { capped, someOf } from '../users';

/** Refusals of one call that are looked at for their origin. */
const mostOfCall = 64;
/** 415 and 606 say the same of a session that nobody can take. */
const refusing = new Set([415, 488, 606]);

const whys = {
  profile: text(
    'only encrypted media was offered, which the other side does not take',
    'seul un média chiffré a été proposé, que l’autre côté ne prend pas',
  ),
  codec: text('the other side takes none of the offered codecs', 'l’autre côté ne prend aucun des codecs proposés'),
  answered: text(
    'the answer has another security profile than the offer',
    'la réponse a un autre profil de sécurité que l’offre',
  ),
  unseen: text('the offer was not captured', 'l’offre n’a pas été capturée'),
} as const satisfies Record<string, Text>;

const otherProfile = text('answered with another security profile', 'réponse avec un autre profil de sécurité');
const refusedMedia: Readonly<Record<string, Text>> = {
  '415': text('media refused (415)', 'média refusé (415)'),
  '488': text('media refused (488)', 'média refusé (488)'),
  '606': text('media refused (606)', 'média refusé (606)'),
};
const noOffer = text('no SDP was seen in the request', 'aucun SDP n’a été vu dans la requête');

interface Refusals {
  readonly offerer: number;
  readonly refuser: number;
  readonly why: keyof typeof whys;
  readonly profile: string;
  readonly offered: Set<string>;
  readonly statuses: Set<string>;
  readonly warnings: Set<string>;
  readonly calls: Set<number>;
  /** Of the legs that passed the refusal on as well. */
  readonly callIds: Set<string>;
  readonly rows: number[];
}

export default rule({
  id: 'media-refused',
  rows: ['D40', 'f.sip.488', 'f.sip.savp_mismatch'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: ['warning'],
  find: (grounds) => capped(refusals(grounds)),
  title: text('{offerer} → {refuser}: {state}', '{offerer} → {refuser} : {state}'),
  seen: text(
    'In {count} {count|call|calls} {refuser} answered {status}: {why}. Offered: {offered}. {warning}',
    'Dans {count} {count|appel|appels}, {refuser} a répondu {status} : {why}. Proposé : {offered}. {warning}',
  ),
  cause: text(
    'Both sides of this leg are set to media that have nothing in common: SRTP required on one side only, or no common codec.',
    'Les deux côtés de cette jambe sont réglés sur des médias sans rien de commun : SRTP exigé d’un seul côté, ou aucun codec commun.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Compare RTP security and the codec list of both sides of this leg, and set them alike.',
        'Comparer la sécurité RTP et la liste des codecs des deux côtés de cette jambe, et les accorder.',
      ),
    },
    sipSteps.captureBorder,
  ],
  source: 'RFC 3261 §21.4.26, RFC 3264 §6',
});

function refusals(grounds: Grounds): readonly Hit[] {
  const { evidence, links } = grounds;
  const { messages, strings } = evidence;
  const { transactions } = links;
  const INVITE = strings.find('INVITE');
  const warnings = headerValues(evidence, 'warning');
  const media = createAudio(evidence);
  const found = new Map<string, Refusals>();
  const passedOn = passedOnBy(grounds, INVITE);
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const final = transactions.final[transaction]!;
    const request = transactions.request[transaction]!;
    if (transactions.method[transaction] !== INVITE || final === -1) continue;
    const status = transactions.status[transaction]!;
    const refused = refusing.has(status) && !passedOn.inner.has(transaction);
    const differs = request !== -1 && status < 300 && media.differ(request, final);
    if (!refused && !differs) continue;
    const offer = request === -1 ? undefined : media.of(request);
    const answer = status < 300 ? media.of(final) : undefined;
    const why = differs ? 'answered' : !offer ? 'unseen' : offer.secure ? 'profile' : 'codec';
    const profile = differs ? `${offer!.profiles} / ${answer!.profiles}` : (offer?.profiles ?? '');
    const [offerer, refuser] = [messages.target[final]!, messages.source[final]!];
    const subject = `${strings.text(offerer)} → ${strings.text(refuser)} ${profile}`.trim();
    const refusal: Refusals = found.get(subject) ?? {
      offerer,
      refuser,
      why,
      profile,
      offered: new Set(),
      statuses: new Set(),
      warnings: new Set(),
      calls: new Set(),
      callIds: new Set(),
      rows: [],
    };
    found.set(subject, refusal);
    refusal.statuses.add(String(status));
    const outer = passedOn.outer.get(transaction) ?? [];
    refusal.calls.add(transactions.call[transaction]!);
    for (const one of [transaction, ...outer]) {
      refusal.callIds.add(strings.text(messages.callId[transactions.final[one]!]!));
    }
    for (const codec of offer?.formats ?? []) refusal.offered.add(codec);
    for (const warning of warnings.get(final) ?? []) refusal.warnings.add(`Warning: ${warning}`);
    for (const one of [transaction, ...outer]) {
      refusal.rows.push(...[transactions.request[one]!, transactions.final[one]!].filter((row) => row !== -1));
    }
  }
  return [...found].map(
    ([subject, { offerer, refuser, why, profile, offered, statuses, warnings: said, calls, callIds, rows }]): Hit => ({
      subject,
      also: [...callIds].slice(0, 50),
      ...seenIn(grounds, rows),
      count: calls.size,
      values: {
        offerer: strings.text(offerer),
        refuser: strings.text(refuser),
        status: someOf([...statuses]),
        count: calls.size,
        why: whys[why],
        state: why === 'answered' ? otherProfile : (refusedMedia[[...statuses][0] ?? ''] ?? refusedMedia['488']!),
        offered:
          offered.size === 0 && profile === '' ? noOffer : someOf([profile, ...offered].filter((one) => one !== '')),
        warning: [...said][0] ?? '',
      },
    }),
  );
}

/**
 * Who refuses answers first, and every leg and hop before passes the refusal back: its transaction encloses that of the
 * refusal. `inner`: per refusal that was passed on, where it came from; `outer`: what passed a refusal on.
 */
function passedOnBy({ evidence, clock, links }: Grounds, INVITE: number) {
  const { messages } = evidence;
  const { transactions } = links;
  const ofCall = new Map<string, number[]>();
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const final = transactions.final[transaction]!;
    if (transactions.method[transaction] !== INVITE || final === -1) continue;
    if (!refusing.has(transactions.status[transaction]!)) continue;
    const call = transactions.call[transaction]!;
    const key = call === -1 ? `leg ${messages.callId[final]}` : `call ${call}`;
    const own = ofCall.get(key);
    if (own) own.push(transaction);
    else ofCall.set(key, [transaction]);
  }
  const begin = (transaction: number): number => {
    const request = transactions.request[transaction]!;
    return request === -1 ? -Infinity : clock.messages[request]!;
  };
  const end = (transaction: number): number => clock.messages[transactions.final[transaction]!]!;
  const inner = new Map<number, number>();
  const outer = new Map<number, number[]>();
  for (const own of ofCall.values()) {
    own.sort((a, b) => end(a) - end(b) || begin(b) - begin(a));
    own.slice(0, mostOfCall).forEach((transaction, n) => {
      const cause = own.slice(0, n).find((one) => {
        const request = transactions.request[one]!;
        return (
          !inner.has(one) && (request === -1 || begin(one) >= begin(transaction)) && end(one) >= begin(transaction)
        );
      });
      if (cause === undefined) return;
      inner.set(transaction, cause);
      outer.set(cause, [...(outer.get(cause) ?? []), transaction]);
    });
  }
  return { inner, outer };
}

interface Audio {
  readonly profiles: string;
  /** True where every stream is SAVP or SAVPF, false where none is, undefined where the offer holds both. */
  readonly secure: boolean | undefined;
  readonly formats: readonly string[];
}

/** Streams of a message that are not switched off (port 0). */
function createAudio(evidence: Evidence) {
  const { media, strings } = evidence;
  const { first, next } = mediaChains(evidence);
  const [plain, secured] = [1, 2];
  const kinds = new Map<number, number>();
  const kindOf = (profile: number): number => {
    let kind = kinds.get(profile);
    if (kind === undefined) kinds.set(profile, (kind = strings.text(profile).includes('SAVP') ? secured : plain));
    return kind;
  };
  /** Bit set of what the streams are. */
  const kindsOf = (message: number): number => {
    let all = 0;
    for (let row = first[message]!; row !== -1; row = next[row]!) {
      if (media.port[row] !== 0) all |= kindOf(media.profile[row]!);
    }
    return all;
  };
  return {
    differ(one: number, other: number): boolean {
      const [a, b] = [kindsOf(one), kindsOf(other)];
      return (a === plain && b === secured) || (a === secured && b === plain);
    },
    of(message: number): Audio | undefined {
      const own = mediaOf(evidence)(message).filter((row) => media.port[row] !== 0);
      if (own.length === 0) return undefined;
      const all = kindsOf(message);
      return {
        profiles: [...new Set(own.map((row) => strings.text(media.profile[row]!)))].join(', '),
        secure: all === secured ? true : all === plain ? false : undefined,
        formats: own.flatMap((row) => strings.text(media.formats[row]!).split(', ')),
      };
    },
  };
}

const call = (final: string): string => `
           zoom          mbg
     0.000 |--INVITE-1-->|
     0.020 |<---${final}-1----|
     0.030 |----ACK-1--->|`;
const [secure, plain] = ['m=audio 40000 RTP/SAVP 8', 'm=audio 40000 RTP/AVP 8 18'];

export const examples: Examples = [
  // an INVITE without SDP: the texts say so
  { given: { ladder: { drawn: call('488') } }, expect: 'found', subjects: ['10.0.0.1 → 10.0.0.2'] },
  {
    given: { ladder: { drawn: call('488'), with: { 'INVITE-1': [secure], '488-1': ['Warning: 304 mbg "no SRTP"'] } } },
    expect: 'found',
    subjects: ['10.0.0.1 → 10.0.0.2 RTP/SAVP'],
  },
  { given: { ladder: { drawn: call('606'), with: { 'INVITE-1': [plain] } } }, expect: 'found' },
  // offer and answer of one leg must agree
  {
    given: { ladder: { drawn: call('200'), with: { 'INVITE-1': [secure], '200-1': [plain] } } },
    expect: 'found',
    subjects: ['10.0.0.1 → 10.0.0.2 RTP/SAVP / RTP/AVP'],
  },
  // a border that ends SRTP is healthy: two legs, each agreed
  {
    given: {
      ladder: {
        drawn: `
           zoom          mbg           mivb
     0.000 |--INVITE-1-->|             |
     0.010 |             |--INVITE-1b->|
     0.020 |             |<---200-1b---|
     0.030 |<---200-1----|             |`,
        with: { 'INVITE-1': [secure], '200-1': [secure], 'INVITE-1b': [plain], '200-1b': [plain] },
      },
    },
    expect: 'clear',
  },
  // the border passes on what the PBX refuses: one finding, where it was refused
  {
    given: {
      ladder: {
        drawn: `
           zoom          mbg           mivb
     0.000 |--INVITE-1-->|             |
     0.010 |             |--INVITE-1b->|
     0.020 |             |<---488-1b---|
     0.030 |<---488-1----|             |`,
        with: { 'INVITE-1': [secure], 'INVITE-1b': [secure] },
      },
    },
    expect: 'found',
    subjects: ['10.0.0.2 → 10.0.0.3 RTP/SAVP'],
  },
  { given: { ladder: { drawn: call('486'), with: { 'INVITE-1': [secure] } } }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];
