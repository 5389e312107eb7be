/** What to collect so that a rule can run, given what is known of the case. */
import type { Facts } from '../facts/facts';
import type { Need } from '../rules/rule';

/** `art.*` ids, the one to ask for first in front. */
export function missingFor(need: Need, facts: Facts): readonly string[] {
  switch (need) {
    case 'report':
      return ['art.ucr'];
    case 'events':
      return ['art.events'];
    case 'registrar':
      return ['art.mivb.registrar'];
    case 'subscribers':
      return ['art.sbc.subs'];
    case 'push-log':
      return ['art.sbc.push'];
    case 'daemon-log':
      return ['art.cld.bundle', 'art.cld.log'];
    case 'text-log':
      return textLogs(facts);
    case 'signalling':
      return signalling(facts);
    case 'any':
      return ['art.ucr', ...signalling(facts), 'art.cld.bundle'];
  }
}

function signalling({ pbx, border }: Facts): readonly string[] {
  switch (pbx?.value) {
    case 'mivb':
      return ['art.mbg.pcap.sig', 'art.mivb.tcpdump'];
    case 'mv5000':
      return ['art.mbg.pcap.sig'];
    case 'os4k':
      return ['art.sbc.rapidstat', 'art.os4k.rmx'];
    case 'osv':
      return ['art.sbc.rapidstat', 'art.osv.rtt'];
    case undefined:
      if (border?.value === 'mbg') return ['art.mbg.pcap.sig'];
      if (border?.value === 'ossbc') return ['art.sbc.rapidstat'];
      return ['art.mbg.pcap.sig', 'art.pcap.any'];
  }
}

function textLogs({ pbx, border }: Facts): readonly string[] {
  const sbc = border?.value === 'ossbc' ? ['art.sbc.push'] : [];
  switch (pbx?.value) {
    case 'mivb':
      return ['art.msl.sos', 'art.cld.bundle'];
    case 'mv5000':
      return ['art.cld.bundle', 'art.clgw.logs'];
    case 'os4k':
      return ['art.os4k.csta', 'art.sbc.push', 'art.cld.bundle'];
    case 'osv':
      return ['art.osv.micloud', 'art.osv.cstaproxy', 'art.sbc.push', 'art.cld.bundle'];
    case undefined:
      return [...sbc, 'art.cld.bundle', 'art.clgw.logs'];
  }
}
