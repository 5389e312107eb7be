/** What sipp plays around the border: small variations of a handful of flows. */

const client = 'User-Agent: ZoomPhone/6.6.0 (synthetic)';
const pbx = 'User-Agent: Mitel-3300-ICP 22.0 (synthetic)';
const send = (text, attributes = '') =>
  `<send${attributes}><![CDATA[\n\n${text
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join('\n')}\n\n]]></send>`;
const crlf = (lines) => lines.join('\n');
const sdp = (profile, extra = []) => [
  'v=0',
  'o=- [pid] [call_number] IN IP[local_ip_type] [local_ip]',
  's=-',
  'c=IN IP[media_ip_type] [media_ip]',
  't=0 0',
  `m=audio [media_port] ${profile} 8 0 101`,
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=ptime:20',
  ...extra,
  'a=sendrecv',
];
const withBody = (head, body) => crlf([...head, 'Content-Type: application/sdp', 'Content-Length: [len]', '', ...body]);
const bare = (head) => crlf([...head, 'Content-Length: 0']);

const requestHead = (
  method,
  { agent, cseq = 1, to = '<sip:[service]@aster.example>', uri = 'sip:[service]@aster.example', extra = [] },
) => [
  `${method} ${uri} SIP/2.0`,
  'Via: SIP/2.0/[transport] [local_ip]:[local_port];rport;branch=[branch]',
  'Max-Forwards: 70',
  `From: <sip:[field0]@aster.example>;tag=[pid]c[call_number]`,
  `To: ${to}`,
  'Call-ID: [call_id]',
  `CSeq: ${cseq} ${method}`,
  'Contact: <sip:[field0]@[local_ip]:[local_port]>',
  agent,
  ...extra,
];
const register = (cseq, expires, auth) =>
  send(
    bare(
      requestHead('REGISTER', {
        agent: client,
        cseq,
        uri: 'sip:aster.example',
        to: '<sip:[field0]@aster.example>',
        extra: [`Expires: ${expires}`, ...(auth ? ['[field1]'] : [])],
      }),
    ),
    ' retrans="500"',
  );
const reply = (status, agent, { body, contact = true, retrans = false, dialog = false } = {}) => {
  const head = [
    `SIP/2.0 ${status}`,
    '[last_Via:]',
    '[last_Record-Route:]',
    '[last_From:]',
    dialog ? '[last_To:]' : '[last_To:];tag=[pid]s[call_number]',
    '[last_Call-ID:]',
    '[last_CSeq:]',
    ...(contact ? ['Contact: <sip:[local_ip]:[local_port];transport=[transport]>'] : []),
    agent,
  ];
  return send(body ? withBody(head, body) : bare(head), retrans ? ' retrans="500"' : '');
};
const inDialog = (method, cseq, agent) =>
  send(
    bare([
      `${method} [next_url] SIP/2.0`,
      'Via: SIP/2.0/[transport] [local_ip]:[local_port];rport;branch=[branch]',
      '[routes]',
      'Max-Forwards: 70',
      'From: <sip:[field0]@aster.example>;tag=[pid]c[call_number]',
      'To: <sip:[service]@aster.example>[peer_tag_param]',
      'Call-ID: [call_id]',
      `CSeq: ${cseq} ${method}`,
      agent,
    ]),
    method === 'ACK' ? '' : ' retrans="500"',
  );
/** RFC 3261 §17.1.1.3: the ACK of a refusal has the Via and the URI of its INVITE. */
const ackRefusal = (agent) =>
  send(
    bare([
      'ACK sip:[service]@aster.example SIP/2.0',
      '[last_Via:]',
      'Max-Forwards: 70',
      'From: <sip:[field0]@aster.example>;tag=[pid]c[call_number]',
      'To: <sip:[service]@aster.example>[peer_tag_param]',
      'Call-ID: [call_id]',
      'CSeq: 1 ACK',
      agent,
    ]),
  );
const caller = (agent, body, rest) =>
  `${send(withBody(requestHead('INVITE', { agent }), body), ' retrans="500"')}
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="183" optional="true"/>
${rest}`;

export const borderFlows = {
  'register-ok': `${register(1, 300, false)}<recv response="401" auth="true"/>${register(2, 300, true)}<recv response="200"/>`,
  'register-refused': `${register(1, 300, false)}<recv response="401" auth="true"/>${[2, 3, 4]
    .map((cseq) => `${register(cseq, 300, true)}<recv response="401" auth="true"/><pause milliseconds="900"/>`)
    .join('\n')}`,
  'register-forbidden': `${register(1, 300, false)}<recv response="403"/>`,
  'caller-answered': caller(
    pbx,
    sdp('RTP/AVP'),
    `<recv response="200" rrs="true"/>${inDialog('ACK', 1, pbx)}<pause milliseconds="6000"/>${inDialog('BYE', 2, pbx)}<recv response="200"/>`,
  ),
  'callee-answers': `<recv request="INVITE" rrs="true"/>${reply('180 Ringing', client)}<pause milliseconds="1800"/>${reply('200 OK', client, { body: sdp('RTP/AVP'), retrans: true })}<recv request="ACK"/><recv request="BYE"/>${reply('200 OK', client, { dialog: true })}`,
  'caller-unavailable': caller(pbx, sdp('RTP/AVP'), `<recv response="480"/>${ackRefusal(pbx)}`),
  'caller-srtp-refused': caller(
    client,
    sdp('RTP/SAVP', ['a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c3ludGhldGljLWtleS1vZi10aGUtbGFiLW9ubHkh']),
    `<recv response="488"/>${ackRefusal(client)}`,
  ),
  'callee-refuses-media': `<recv request="INVITE" rrs="true"/>${reply('488 Not Acceptable Here', crlf([pbx, 'Warning: 304 192.0.2.20 "Media type not available"']), { contact: false, retrans: true })}<recv request="ACK"/>`,
  'caller-without-ack': caller(
    client,
    sdp('RTP/AVP'),
    `<recv response="200" rrs="true"/><pause milliseconds="32500"/><recv request="BYE"/>${reply('200 OK', client, { dialog: true })}`,
  ),
  'callee-without-ack': `<recv request="INVITE" rrs="true"/>${reply('180 Ringing', pbx)}<pause milliseconds="900"/>${reply('200 OK', pbx, { body: sdp('RTP/AVP'), retrans: true })}
<recv request="ACK" timeout="32000" ontimeout="1"/>
<label id="1"/>${send(
    bare([
      'BYE [next_url] SIP/2.0',
      'Via: SIP/2.0/[transport] [local_ip]:[local_port];rport;branch=[branch]',
      '[routes]',
      'Max-Forwards: 70',
      'From: <sip:4160@aster.example>;tag=[pid]s[call_number]',
      'To: <sip:4163@aster.example>[peer_tag_param]',
      'Call-ID: [call_id]',
      'CSeq: 1 BYE',
      pbx,
    ]),
    ' retrans="500"',
  )}<recv response="200"/>`,
  options: `${send(bare(requestHead('OPTIONS', { agent: pbx, uri: 'sip:192.0.2.10' })), ' retrans="500"')}<recv response="200"/>`,
};
