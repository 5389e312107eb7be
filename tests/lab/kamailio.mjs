/** Configurations of the lab's Kamailio: what every scene has in common, and the usual routes. */

const common = [
  'corex',
  'sl',
  'tm',
  'rr',
  'pv',
  'maxfwd',
  'textops',
  'siputils',
  'xlog',
  'usrloc',
  'registrar',
  'auth',
];

const heard = 'xlog("L_NOTICE", "received from $si:$sp on $Ri:$Rp\\n$mb\\n");';
/** Every message with its ends into the log. */
const trace = `
onsend_route_reply=yes
reply_route { ${heard} }
onsend_route { xlog("L_NOTICE", "sent from $sndfrom(ip):$sndfrom(port) to $sndto(ip):$sndto(port)\\n$snd(buf)\\n"); }
`;

export const proxy = ({
  listen,
  modules = [],
  params = [],
  before = '',
  route,
  more = '',
  traced = false,
}) => `#!KAMAILIO
children=1
log_stderror=yes
debug=${traced ? 1 : 0}
auto_aliases=no
alias="lab.example"
server_header="Server: Lab proxy"
user_agent_header="User-Agent: Lab proxy"
${listen.map((one) => `listen=${one}`).join('\n')}
${before}
${[...common, ...modules].map((module) => `loadmodule "${module}.so"`).join('\n')}
modparam("usrloc", "db_mode", 0)
modparam("registrar", "default_expires", 300)
modparam("rr", "enable_full_lr", 1)
${params.map(([module, name, value]) => `modparam("${module}", "${name}", ${JSON.stringify(value)})`).join('\n')}
${traced ? trace : ''}
request_route {
${traced ? `  ${heard}` : ''}
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
${route}
}
${more}
`;

/** Requests within a dialog and CANCEL go where they belong. */
export const within = `
  if (has_totag()) {
    if (loose_route()) { t_relay(); exit; }
    if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
    sl_send_reply("481", "Call/Transaction Does Not Exist");
    exit;
  }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
`;
export const registrar = (save = 'save("location");') => `
  if (is_method("REGISTER")) { ${save} exit; }
`;
/** Digest of one password for all. */
export const digest = (algorithm = '0') => `
    if (!pv_www_authenticate("lab.example", "lab-secret", "${algorithm}")) { www_challenge("lab.example", "0"); exit; }
`;
export const toLocation = `
  record_route();
  if (!lookup("location")) { sl_send_reply("480", "Temporarily Unavailable"); exit; }
  t_relay();
`;
export const to = (...targets) => `
  record_route();
  $ru = "${targets[0]}";
${targets
  .slice(1)
  .map((target) => `  append_branch("${target}");`)
  .join('\n')}
  t_relay();
`;
