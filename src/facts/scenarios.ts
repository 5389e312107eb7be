/**
 * What a trouble on a phone system needs: the guides' sections 5.1 and 5.2 as one matrix. A piece is an artifact
 * (`art.*`) or a step to do and note.
 */
import { text, type Text } from '../text/text';
import type { Pbx, Trouble } from './facts';

export interface Wanted {
  /** `art.*`, or the row id of a step. */
  readonly id: string;
  /** How often it is needed, e.g. a report before and one after; once where absent. */
  readonly times?: number;
  /** Needed under the condition that `note` names. */
  readonly optional?: true;
  readonly note?: Text;
}
const want = (...ids: readonly string[]): Wanted[] => ids.map((id) => ({ id }));

const always: readonly Wanted[] = [
  ...want('psi.data.01', 'psi.data.02', 'psi.data.03', 'psi.data.04', 'psi.data.05', 'psi.data.06', 'psi.data.07'),
  ...want('psi.data.08', 'psi.data.09'),
  { id: 'art.clgw.logs', note: text('From each gateway of the account', 'De chaque gateway du compte') },
  ...want('art.ucr', 'art.status', 'art.versions'),
];

const forTrouble: Readonly<Record<Trouble, readonly Wanted[]>> = {
  call: [],
  registration: [],
  noncall: [],
  provisioning: [
    { id: 'art.ucr', times: 2, note: text('Before and after the fix', 'Avant et après la correction') },
    ...want('art.events'),
  ],
  connectivity: want('art.cld.bundle', 'art.cld.log', 'art.curl', 'art.proxy', 'art.ntp'),
  push: [
    { id: 'art.ucr', note: text('Its mobile columns count', 'Ses colonnes mobiles comptent') },
    ...want('art.events'),
  ],
};

const fullTrace: Wanted = {
  id: 'art.mbg.pcap.global',
  optional: true,
  note: text('Where the audio is concerned', 'Si l’audio est concerné'),
};
const pushOnBorder: readonly Wanted[] = [
  {
    id: 'art.mbg.pcap.sig',
    note: text(
      'The guides are silent on a push log of the MBG',
      'Les guides ne disent rien d’un journal de push du MBG',
    ),
  },
];
const pushOnSbc = want('art.sbc.push', 'art.sbc.subs');

const onMivb = [
  ...want('art.mivb.registrar', 'art.mivb.tcpdump', 'art.mbg.pcap.sig'),
  fullTrace,
  ...want('art.mivb.ccs'),
];
const on5000 = [...want('art.mbg.pcap.sig'), fullTrace];
const on4000 = want('art.os4k.rmx', 'art.sbc.rapidstat', 'art.cld.bundle');
const onVoice = want('art.osv.rtt', 'art.sbc.rapidstat', 'art.cld.bundle');

const forSystem: Readonly<Record<Pbx, Readonly<Record<Trouble, readonly Wanted[]>>>> = {
  mivb: {
    call: onMivb,
    registration: onMivb,
    noncall: [],
    provisioning: [],
    connectivity: want('mivb.cld.01', 'mivb.cld.02', 'mivb.clgw.01', 'mivb.clgw.02', 'mivb.clgw.03'),
    push: pushOnBorder,
  },
  mv5000: {
    call: on5000,
    registration: on5000,
    noncall: [],
    provisioning: want('mv5.resync', 'mv5.role.01', 'mv5.role.02', 'mv5.user.01', 'mv5.user.02', 'mv5.user.03'),
    connectivity: want('mbg.cl.01', 'mv5.resync'),
    push: pushOnBorder,
  },
  os4k: {
    call: on4000,
    registration: on4000,
    noncall: want('art.os4k.csta'),
    provisioning: want('art.os4k.psi'),
    connectivity: want('art.os4k.platform'),
    push: pushOnSbc,
  },
  osv: {
    call: onVoice,
    registration: onVoice,
    noncall: [
      {
        id: 'art.osv.rtt',
        note: text('RTT of dispProc; call log only', 'RTT de dispProc ; journal d’appels seulement'),
      },
      ...want('art.osv.cstasmdump', 'art.osv.micloud', 'art.osv.cstaproxy'),
    ],
    provisioning: [],
    connectivity: want('art.cld.bundle', 'art.osv.cmp'),
    push: pushOnSbc,
  },
};

/** Where the guides name nothing for a system, the list says so instead of looking complete. */
export function silentOn(pbx: Pbx, trouble: Trouble): boolean {
  return forSystem[pbx][trouble].length === 0;
}

/** The pieces in the order to get them, each once. */
export function wantedFor(pbx: Pbx, trouble: Trouble): readonly Wanted[] {
  const pieces = new Map<string, Wanted>();
  for (const wanted of [...always, ...forTrouble[trouble], ...forSystem[pbx][trouble]]) {
    const known = pieces.get(wanted.id);
    pieces.set(wanted.id, { ...known, ...wanted, times: Math.max(wanted.times ?? 1, known?.times ?? 1) });
  }
  return [...pieces.values()];
}
