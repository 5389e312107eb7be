/** What sipp plays in the lab: messages and steps from which scenes are put together. Text in, scenario XML out. */

const send = (lines, attributes = '') => `<send${attributes}><![CDATA[\n\n${lines.join('\n')}\n\n]]></send>`;
const filled = (head, { body, type = 'application/sdp' } = {}) =>
  body ? [...head, `Content-Type: ${type}`, 'Content-Length: [len]', '', ...body] : [...head, 'Content-Length: 0'];
const again = ' retrans="500"';

/** One after the other; `undefined` is nothing. */
export const flow = (...steps) => steps.flat().filter(Boolean).join('\n');
export const wait = (ms) => `<pause milliseconds="${ms}"/>`;
export const recv = (what, attributes = '') =>
  typeof what === 'number'
    ? `<recv response="${what}"${what < 200 ? ' optional="true"' : ''} ${attributes}/>`
    : `<recv request="${what}" ${attributes}/>`;
/** A provisional response that has to come. */
export const must = (status, attributes = '') => `<recv response="${status}" ${attributes}/>`;
/** Opens a dialog: its routes are kept, and of a request the tag of who sent it. */
export const dialogRecv = (what, attributes = '') =>
  typeof what === 'number'
    ? recv(what, `rrs="true" ${attributes}`)
    : recv(what, `rrs="true" ${attributes}`).replace(
        '/>',
        '><action><ereg regexp="tag=([^;]+)" search_in="hdr" header="From:" assign_to="whole,peer"/></action></recv>',
      );
/** Plays a file of raw payload; `times` of it, -1 = without end; payload type 18 is G.729, 20 bytes every 20 ms. */
export const play = (file, times = -1, type = 18) =>
  `<nop><action><exec rtp_stream="${file},${times},${type}"/></action></nop>`;

const codecs = { 0: 'PCMU/8000', 8: 'PCMA/8000', 18: 'G729/8000', 101: 'telephone-event/8000' };
/** An offer or answer of one audio line. */
export const sdp = ({
  types = [18, 0, 101],
  profile = 'RTP/AVP',
  direction = 'sendrecv',
  version = 1,
  port = '[rtpstream_audio_port]',
  address = '[media_ip]',
  more = [],
} = {}) => [
  'v=0',
  `o=- 40[pid] ${version} IN IP[media_ip_type] ${address}`,
  's=-',
  `c=IN IP[media_ip_type] ${address}`,
  't=0 0',
  `m=audio ${port} ${profile} ${types.join(' ')}`,
  ...types.map((type) => `a=rtpmap:${type} ${codecs[type]}`),
  ...(types.includes(18) ? ['a=fmtp:18 annexb=no'] : []),
  'a=ptime:20',
  ...more,
  `a=${direction}`,
];

const via = 'Via: SIP/2.0/[transport] [local_ip]:[local_port];rport;branch=[branch]';

/** The side that calls. `to` and `from` are user parts, `agent` a product. */
export function caller({
  from = '2001',
  to = '2002',
  domain = 'lab.example',
  agent = 'Lab caller',
  callId = '[call_id]',
  contact = `<sip:${from}@[local_ip]:[local_port];transport=[transport]>`,
  tag = 'a[pid]',
}) {
  const head = (method, { cseq, uri, toTag = '', routes = false, contactToo = true, extra = [], viaLine = via }) => [
    `${method} ${uri} SIP/2.0`,
    viaLine,
    ...(routes ? ['[routes]'] : []),
    'Max-Forwards: 70',
    `From: <sip:${from}@${domain}>;tag=${tag}`,
    `To: <sip:${to}@${domain}>${toTag}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    ...(contactToo ? [`Contact: ${contact}`] : []),
    `User-Agent: ${agent}`,
    ...extra,
  ];
  const uri = `sip:${to}@${domain}`;
  return {
    invite: ({ cseq = 1, body = sdp(), extra = [], repeat = true } = {}) =>
      send(filled(head('INVITE', { cseq, uri, extra }), { body }), repeat ? again : ''),
    /** RFC 3261 §17.1.1.3: the ACK of a refusal has the branch and the URI of its INVITE. */
    ackRefusal: ({ cseq = 1, to: target = uri, toTag = '[peer_tag_param]' } = {}) =>
      send(filled(head('ACK', { cseq, uri: target, toTag, contactToo: false, viaLine: '[last_Via:]' }))),
    /** Its Via is that of its INVITE, `back` steps before it. */
    cancel: ({ cseq = 1, back }) =>
      send(
        filled(
          head('CANCEL', {
            cseq,
            uri,
            contactToo: false,
            viaLine: via.replace('[branch]', `[branch-${back}]`),
          }),
        ),
        again,
      ),
    ack: ({ cseq = 1, body, target = '[next_url]', toTag = '[peer_tag_param]' } = {}) =>
      send(filled(head('ACK', { cseq, uri: target, toTag, routes: true }), { body })),
    request: (
      method,
      { cseq, body, type, extra = [], repeat = true, target = '[next_url]', toTag = '[peer_tag_param]' } = {},
    ) =>
      send(
        filled(head(method, { cseq, uri: target, toTag, routes: true, extra }), {
          body,
          type,
        }),
        repeat ? again : '',
      ),
    register: ({ cseq = 1, expires = 300, extra = [] } = {}) =>
      send(filled(head('REGISTER', { cseq, uri: `sip:${domain}`, extra: [`Expires: ${expires}`, ...extra] })), again),
    alone: (method, { cseq = 1, extra = [], body, type, target = uri } = {}) =>
      send(filled(head(method, { cseq, uri: target, extra }), { body, type }), again),
  };
}

/** The side that is called. */
export function callee({
  from = '2001',
  to = '2002',
  domain = 'lab.example',
  agent = 'Lab callee',
  callId = '[call_id]',
  tag = 'b[pid]',
}) {
  const contact = `Contact: <sip:${to}@[local_ip]:[local_port];transport=[transport]>`;
  return {
    reply: (status, { body, dialog = false, tagged = true, repeat = false, extra = [], own = tag } = {}) =>
      send(
        filled(
          [
            `SIP/2.0 ${status}`,
            '[last_Via:]',
            '[last_Record-Route:]',
            '[last_From:]',
            dialog || !tagged ? '[last_To:]' : `[last_To:];tag=${own}`,
            '[last_Call-ID:]',
            '[last_CSeq:]',
            contact,
            `Server: ${agent}`,
            ...extra,
          ],
          { body },
        ),
        repeat ? again : '',
      ),
    request: (method, { cseq = 1, body, type, extra = [], repeat = true, uri = '[next_url]' } = {}) =>
      send(
        filled(
          [
            `${method} ${uri} SIP/2.0`,
            via,
            '[routes]',
            'Max-Forwards: 70',
            `From: <sip:${to}@${domain}>;tag=${tag}`,
            `To: <sip:${from}@${domain}>;tag=[$peer]`,
            `Call-ID: ${callId}`,
            `CSeq: ${cseq} ${method}`,
            contact,
            `User-Agent: ${agent}`,
            ...extra,
          ],
          { body, type },
        ),
        method === 'ACK' || !repeat ? '' : again,
      ),
  };
}
