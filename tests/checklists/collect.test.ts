import { describe, expect, it } from 'vitest';
import { silentOn, toCollect } from '../../src/checklists/collect';
import { stepOf } from '../../src/checklists/index';
import type { Pbx, Trouble } from '../../src/facts/facts';

const everywhere = [
  ...Array.from({ length: 9 }, (_, n) => `psi.data.0${n + 1}`),
  'art.clgw.logs',
  'art.ucr',
  'art.status',
  'art.versions',
];
const cld = ['art.cld.bundle', 'art.cld.log', 'art.curl', 'art.proxy', 'art.ntp'];
const border = ['art.mbg.pcap.sig', 'art.mbg.pcap.global'];
const sbc = ['art.sbc.push', 'art.sbc.subs'];

/** The matrix of the guides, beyond what every case needs. */
const matrix: Record<Pbx, Record<Trouble, readonly string[]>> = {
  mivb: {
    call: ['art.mivb.registrar', 'art.mivb.tcpdump', ...border, 'art.mivb.ccs'],
    registration: ['art.mivb.registrar', 'art.mivb.tcpdump', ...border, 'art.mivb.ccs'],
    noncall: [],
    provisioning: ['art.events'],
    connectivity: [...cld, 'mivb.cld.01', 'mivb.cld.02', 'mivb.clgw.01', 'mivb.clgw.02', 'mivb.clgw.03'],
    push: ['art.events', 'art.mbg.pcap.sig'],
  },
  mv5000: {
    call: border,
    registration: border,
    noncall: [],
    provisioning: [
      'art.events',
      'mv5.resync',
      'mv5.role.01',
      'mv5.role.02',
      'mv5.user.01',
      'mv5.user.02',
      'mv5.user.03',
    ],
    connectivity: [...cld, 'mbg.cl.01', 'mv5.resync'],
    push: ['art.events', 'art.mbg.pcap.sig'],
  },
  os4k: {
    call: ['art.os4k.rmx', 'art.sbc.rapidstat', 'art.cld.bundle'],
    registration: ['art.os4k.rmx', 'art.sbc.rapidstat', 'art.cld.bundle'],
    noncall: ['art.os4k.csta'],
    provisioning: ['art.events', 'art.os4k.psi'],
    connectivity: [...cld, 'art.os4k.platform'],
    push: ['art.events', ...sbc],
  },
  osv: {
    call: ['art.osv.rtt', 'art.sbc.rapidstat', 'art.cld.bundle'],
    registration: ['art.osv.rtt', 'art.sbc.rapidstat', 'art.cld.bundle'],
    noncall: ['art.osv.rtt', 'art.osv.cstasmdump', 'art.osv.micloud', 'art.osv.cstaproxy'],
    provisioning: ['art.events'],
    connectivity: [...cld, 'art.osv.cmp'],
    push: ['art.events', ...sbc],
  },
};
const cases = Object.entries(matrix).flatMap(([pbx, row]) =>
  Object.entries(row).map(([trouble, pieces]) => ({ pbx: pbx as Pbx, trouble: trouble as Trouble, pieces })),
);

describe('what to collect', () => {
  it.each(cases)('$pbx, $trouble', ({ pbx, trouble, pieces }) => {
    const list = toCollect(pbx, trouble);
    expect(list.map(({ id }) => id)).toEqual([...everywhere, ...pieces]);
    for (const { id, steps } of list) {
      expect(steps.length, id).toBeGreaterThan(0);
      for (const step of steps) expect(stepOf(step), step).toBeDefined();
    }
  });

  it('prefers the steps of the system, and says where they are printed for another only', () => {
    const bundle = (pbx: Pbx) => toCollect(pbx, 'connectivity').find(({ id }) => id === 'art.cld.bundle')!;
    expect(bundle('osv')).toMatchObject({ elsewhere: false });
    expect(bundle('mivb')).toMatchObject({ elsewhere: true, steps: ['sbc.cld.01', 'osv.cld.01'].sort().reverse() });
    expect(toCollect('mivb', 'call').find(({ id }) => id === 'art.mivb.tcpdump')!.steps).toEqual([
      'mivb.sip.03',
      'mivb.sip.04',
    ]);
  });

  it('asks for two reports where provisioning is at stake', () => {
    expect(toCollect('mivb', 'provisioning').find(({ id }) => id === 'art.ucr')).toMatchObject({ times: 2 });
    expect(toCollect('mivb', 'call').find(({ id }) => id === 'art.ucr')).toMatchObject({ times: 1 });
  });

  it('says where the guides are silent', () => {
    expect(silentOn('mivb', 'noncall')).toBe(true);
    expect(silentOn('os4k', 'noncall')).toBe(false);
  });
});
