/** Row ids of the guides' steps: what the checklists must cover. */
export const rowIds: readonly string[] = `
cl.ev.01 cl.ev.02 cl.gw.acct cl.gwlog.01 cl.perf cl.st.01 cl.st.02 cl.st.03 cl.st.04 cl.st.05 cl.st.06 cl.ucr.01
cl.ucr.02 cl.ver.01 gen.route.01 gen.route.02 gen.route.03 gen.route.04 gen.zoom.01 gen.zoom.02 ma.role.01
mbg.auth.01 mbg.cap.01 mbg.cap.02 mbg.cap.03 mbg.cert.01 mbg.cert.02 mbg.cl.01 mbg.lic mbg.one mbg.ver mivb.ccs.01
mivb.ccs.02 mivb.cld.01 mivb.cld.02 mivb.clgw.01 mivb.clgw.02 mivb.clgw.03 mivb.reg.01 mivb.sip.01 mivb.sip.02
mivb.sip.03 mivb.sip.04 mivb.sip.05 mv5.allow.01 mv5.cl.01 mv5.gw mv5.lic mv5.mbg.01 mv5.net mv5.resync mv5.role.01
mv5.role.02 mv5.user.01 mv5.user.02 mv5.user.03 mv5.ver os4k.call.01 os4k.chk.01 os4k.chk.02 os4k.chk.03
os4k.csta.01 os4k.plat.01 os4k.prov.01 osv.call.01 osv.chk.01 osv.chk.02 osv.chk.03 osv.chk.04 osv.chk.05 osv.cld.01
osv.cle.01 osv.cle.02 osv.cle.03 osv.cle.04 osv.cmp.01 osv.fix.01 osv.noncall psi.data.01 psi.data.02 psi.data.03
psi.data.04 psi.data.05 psi.data.06 psi.data.07 psi.data.08 psi.data.09 psi.data.10 sbc.cld.01 sbc.dash.01
sbc.dash.02 sbc.onb.01 sbc.push.00 sbc.push.01 sbc.push.02 sbc.push.03 sbc.push.04 sbc.reg.01 sbc.rs.01 zm.act.01
zm.act.02 zm.act.03 zm.act.04 zm.adm zm.app.01 zm.app.02 zm.auto zm.ext zm.init zm.plan.01 zm.psi.01 zm.psi.02
zm.psi.03 zm.psi.04 zm.psi.05 zm.psi.06 zm.psi.07 zm.role.01 zm.tab zm.user.00 zm.user.01 zm.user.02 zm.user.03
zm.ver
`
  .trim()
  .split(/\s+/);

export const deploymentIds = Array.from({ length: 12 }, (_, n) => `dep.${String(n + 1).padStart(2, '0')}`);

/** Fields of the case forms: EN 5.1, and Zoom's minimum data set (EN 4.1.1) with its subject line. */
export const formFieldIds: Readonly<Record<string, readonly string[]>> = {
  subject: ['accountNumber', 'summary'],
  psi: Array.from({ length: 9 }, (_, n) => `psi.data.0${n + 1}`),
  'zf.mtg': ['meetingId', 'dateTime', 'audioIssue', 'videoIssue', 'issue', 'affected'],
  'zf.phone': [
    'user',
    'date',
    'time',
    'dialedInto',
    'dialedOutFrom',
    'issue',
    'site',
    'reproducible',
    'scope',
    'byocNative',
  ],
  'zf.cc': ['userOrQueue', 'engagementId', 'issue'],
  'zf.sso': ['description', 'newOrChange', 'affectedCount', 'examples', 'samlOrScim'],
  'zf.int': ['description', 'appName', 'impactPercent', 'examples', 'errors', 'trackingId'],
};

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${prefix}.${String(n + 1).padStart(2, '0')}`);

/** Inconsistencies between and within the guides. */
export const slipIds: readonly string[] = [
  ...numbered('inc.en', 22),
  ...numbered('inc.fr', 15),
  ...numbered('inc.x', 4),
];
export const documentIds: readonly string[] = numbered('doc', 14);
