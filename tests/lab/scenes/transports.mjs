/** One healthy call over each transport, and TLS that is seen from outside only. */
import { execFileSync } from 'node:child_process';
import { ended, pause } from '../lab.mjs';
import { callee, caller, dialogRecv, flow, must, recv, sdp, wait } from '../flows.mjs';
import { proxy, registrar, to, toLocation, within } from '../kamailio.mjs';

const [a, b] = [caller({}), callee({})];
const answers = (reply = b) =>
  flow(
    dialogRecv('INVITE'),
    reply.reply('180 Ringing'),
    wait(1500),
    reply.reply('200 OK', { body: sdp(), repeat: true }),
    recv('ACK'),
    recv('BYE'),
    reply.reply('200 OK', { dialog: true }),
  );
const calls = (body = sdp(), extra = []) =>
  flow(
    a.invite({ body, extra }),
    recv(100),
    must(180),
    dialogRecv(200),
    a.ack(),
    wait(2500),
    a.request('BYE', { cseq: 2 }),
    recv(200),
  );
async function direct({ sipp }, [near, far], body) {
  const isSix = far.includes(':');
  const answering = sipp(answers(), { here: far });
  await pause(400);
  const calling = sipp(calls(body), { here: near, peer: isSix ? `[${far}]:5060` : `${far}:5060` });
  return Promise.all([calling, answering]);
}
/** What a video phone of many codecs offers: more than a packet holds. */
const large = [
  ...sdp(),
  ...Array.from(
    { length: 50 },
    (_, n) => `a=candidate:${n} 1 UDP ${2130706431 - n} 10.0.${n}.7 ${40_000 + n} typ host`,
  ),
];

/** A certificate that a small installation makes for itself. */
function selfSigned({ scratch }, name) {
  const [key, cert] = [`${scratch}/${name}.key`, `${scratch}/${name}.pem`];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', `/O=Lab/CN=${name}`].concat([
      ...['-addext', `subjectAltName=DNS:${name}`, '-keyout', key, '-out', cert],
    ]),
    { stdio: 'ignore' },
  );
  return { key, cert };
}
const overTls = ({ at }, { key, cert }, method, more = []) =>
  proxy({
    listen: [`tls:${at(3)}:5061`],
    before: 'enable_tls=yes',
    modules: ['tls', 'nathelper'],
    params: [
      // a phone is called back over the connection that it opened
      ['nathelper', 'received_avp', '$avp(RECEIVED)'],
      ['registrar', 'received_avp', '$avp(RECEIVED)'],
      ['tls', 'private_key', key],
      ['tls', 'certificate', cert],
      ['tls', 'tls_method', method],
      ['tls', 'verify_certificate', 0],
      ...more,
    ],
    route: `${registrar('fix_nated_register(); save("location");')}${within}${toLocation}`,
  });
const knock = ({ at }) => [
  ...['s_client', '-connect', `${at(3)}:5061`, '-bind', at(1), '-servername', 'pbx.lab.example'],
];
/** Two baresips that call each other through it, all of it encrypted, the media by SDES. */
const secureCall = (method) => async (scene) => {
  const { at, kamailio, baresip } = scene;
  const server = await kamailio(at(3), overTls(scene, selfSigned(scene, 'pbx.lab.example'), method));
  const account = (user, more = '') =>
    `<sip:${user}@lab.example;transport=tls>;auth_pass=none;outbound="sip:${at(3)}:5061;transport=tls";regint=300;audio_codecs=gsm;mediaenc=srtp-mand${more}`;
  const modules = ['srtp'];
  const near = await baresip({ here: at(1), account: account('2001'), modules });
  const far = await baresip({ here: at(2), account: account('2002', ';answermode=auto'), modules });
  await pause(500);
  await near.order('dial', 'sip:2002@lab.example');
  await pause(3000);
  await near.order('hangup');
  await pause(500);
  await near.stop();
  await far.stop();
  await server.stop();
};

export default {
  tcp: async ({ at, kamailio, sipp }) => {
    const server = await kamailio(
      at(3),
      proxy({ listen: [`tcp:${at(3)}:5060`], route: `${within}${to(`sip:2002@${at(2)}:5060;transport=tcp`)}` }),
    );
    const args = ['-t', 't1'];
    const answering = sipp(answers(), { here: at(2), args });
    await pause(400);
    const calling = sipp(calls(large), { here: at(1), peer: `${at(3)}:5060`, args });
    const codes = await Promise.all([calling, answering]);
    await server.stop();
    return codes;
  },
  ipv6: (scene) => direct(scene, [scene.at6(1), scene.at6(2)]),
  fragments: (scene) => direct(scene, [scene.at(1), scene.at(2)], large),
  'fragments-ipv6': (scene) => direct(scene, [scene.at6(1), scene.at6(2)], large),
  tls: secureCall('TLSv1.2'),
  'tls-1.3': secureCall('TLSv1.2+'),
  /** A client that trusts other issuers only. */
  'tls-untrusted': async (scene) => {
    const { at, kamailio, inside } = scene;
    const server = await kamailio(at(3), overTls(scene, selfSigned(scene, 'pbx.lab.example'), 'TLSv1.2'));
    const other = selfSigned(scene, 'other.lab.example');
    for (let attempt = 0; attempt < 2; attempt++) {
      inside(at(1), 'openssl', [...knock(scene), '-verify_return_error', '-CAfile', other.cert]);
      await pause(1500);
    }
    await server.stop();
  },
  /** Kamailio wants a certificate of the client, which has none. */
  'tls-without-client-certificate': async (scene) => {
    const { at, kamailio, inside } = scene;
    const pair = selfSigned(scene, 'pbx.lab.example');
    const server = await kamailio(
      at(3),
      overTls(scene, pair, 'TLSv1.2', [
        ['tls', 'require_certificate', 1],
        ['tls', 'verify_certificate', 1],
        ['tls', 'ca_list', pair.cert],
      ]),
    );
    inside(at(1), 'openssl', knock(scene));
    await pause(2000);
    await server.stop();
  },
  /** Somebody takes the connection and says nothing to the ClientHello. */
  'tls-stalled': async (scene) => {
    const { at, inside } = scene;
    inside(at(3), process.execPath, ['-e', `require('node:net').createServer(() => {}).listen(5061, '${at(3)}')`]);
    await pause(500);
    inside(at(1), 'timeout', ['8', 'openssl', ...knock(scene)]);
    await pause(9000);
  },
  /** Nobody listens; then somebody does, and goes while it rings. */
  'tcp-lost': async (scene) => {
    const { at, kamailio, sipp } = scene;
    const args = ['-t', 't1'];
    const peer = `${at(3)}:5060`;
    await sipp(calls(), { here: at(1), port: 5070, peer, args, seconds: 3 });
    const server = await kamailio(
      at(3),
      proxy({ listen: [`tcp:${at(3)}:5060`], route: `${within}${to(`sip:2002@${at(2)}:5060;transport=tcp`)}` }),
    );
    const answering = sipp(answers(), { here: at(2), args, seconds: 8 });
    await pause(400);
    const calling = sipp(calls(), { here: at(1), peer, args, seconds: 8 });
    await pause(1200);
    await server.stop();
    await Promise.all([calling, answering]);
  },
  /** The server has WebSocket for others only. */
  'websocket-refused': async (scene) => {
    const { at, kamailio, inside } = scene;
    const server = await kamailio(
      at(3),
      proxy({
        listen: [`tcp:${at(3)}:8080`],
        modules: ['xhttp', 'websocket', 'nathelper'],
        before: 'tcp_accept_no_cl=yes',
        route: 'exit;',
        more: 'event_route[xhttp:request] {\n  xhttp_reply("403", "Forbidden", "", "");\n}',
      }),
    );
    const phone = new URL('../ws-phone.mjs', import.meta.url).pathname;
    await ended(inside(at(1), process.execPath, [phone, at(1), at(3), '8080']));
    await server.stop();
  },
  /** SIP over WebSocket (RFC 7118) at Kamailio, UDP behind it. */
  websocket: async (scene) => {
    const { at, kamailio, sipp, inside } = scene;
    const server = await kamailio(
      at(3),
      proxy({
        listen: [`tcp:${at(3)}:8080`, `udp:${at(3)}:5060`],
        modules: ['xhttp', 'websocket', 'nathelper'],
        before: 'tcp_accept_no_cl=yes',
        route: `${registrar()}${within}${to(`sip:2002@${at(2)}:5060;transport=udp`)}`,
        more: 'event_route[xhttp:request] {\n  if ($hdr(Upgrade) =~ "websocket") { if (ws_handle_handshake()) exit; }\n  xhttp_reply("404", "Not Found", "", "");\n}',
      }),
    );
    const answering = sipp(answers(), { here: at(2) });
    await pause(400);
    const phone = inside(at(1), process.execPath, [
      new URL('../ws-phone.mjs', import.meta.url).pathname,
      ...[at(1), at(3), '8080'],
    ]);
    const codes = await Promise.all([ended(phone), answering]);
    await server.stop();
    return codes;
  },
  /** What Kamailio mirrors to a capture server as HEP v3: no other packet of the call is in the file. */
  hep: {
    filter: 'udp port 9060',
    play: async ({ at, kamailio, sipp }) => {
      const server = await kamailio(
        at(3),
        proxy({
          listen: [`udp:${at(3)}:5060`],
          modules: ['siptrace'],
          params: [
            ['siptrace', 'duplicate_uri', `sip:${at(9)}:9060`],
            ['siptrace', 'hep_mode_on', 1],
            ['siptrace', 'hep_version', 3],
            ['siptrace', 'hep_capture_id', 7],
            ['siptrace', 'trace_to_database', 0],
            ['siptrace', 'trace_on', 1],
            ['siptrace', 'trace_mode', 1],
          ],
          route: `${within}${to(`sip:2002@${at(2)}:5060`)}`,
        }),
      );
      const answering = sipp(answers(), { here: at(2) });
      await pause(400);
      const codes = await Promise.all([sipp(calls(), { here: at(1), peer: `${at(3)}:5060` }), answering]);
      await server.stop();
      return codes;
    },
  },
};
