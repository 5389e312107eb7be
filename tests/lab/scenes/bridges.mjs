/** Hops between two legs: a B2BUA of two sipp processes (3PCC), and Kamailio that masks Call-IDs. */
import { pause } from '../lab.mjs';
import { callee, caller, dialogRecv, flow, must, play, recv, sdp, wait } from '../flows.mjs';
import { proxy, to, within } from '../kamailio.mjs';

const tell = (who, what) =>
  `<sendCmd dest="${who}"><![CDATA[\nCall-ID: [call_id]\nFrom: ${who === 'near' ? 'far' : 'near'}\nSubject: ${what}\n\n]]></sendCmd>`;
const hear = (who) => `<recvCmd src="${who}"/>`;

/**
 * sipp takes what stands behind `///` of a Call-ID as its own key: both processes know the call by it, and the wire
 * sees two Call-IDs.
 */
async function bridge(scene, { phone, near, far, other, nearSdp, farSdp, phoneSdp, otherSdp, extra = [] }) {
  const { at, file, sipp } = scene;
  const peers = file('peers', `near;127.0.0.1:${7000 + scene.number}\nfar;127.0.0.1:${8000 + scene.number}\n`);
  const [a, b] = [caller(phone), callee(near)];
  const [c, d] = [caller(far), callee(other)];
  const cid = ['-cid_str', '%u'];
  const codes = [
    sipp(
      flow(
        dialogRecv('INVITE'),
        d.reply('100 Trying', { tagged: false }),
        d.reply('180 Ringing'),
        wait(1500),
        d.reply('200 OK', { body: otherSdp, repeat: true }),
        recv('ACK'),
        recv('BYE'),
        d.reply('200 OK', { dialog: true }),
      ),
      { here: at(2) },
    ),
    sipp(
      flow(
        hear('near'),
        c.invite({ body: farSdp, extra }),
        recv(100),
        must(180),
        tell('near', 'ringing'),
        dialogRecv(200),
        c.ack(),
        tell('near', 'answered'),
        hear('near'),
        c.request('BYE', { cseq: 2 }),
        recv(200),
      ),
      { here: at(4, 3), port: 5080, peer: `${at(2)}:5060`, args: ['-slave', 'far', '-slave_cfg', peers] },
    ),
  ];
  await pause(500);
  codes.push(
    sipp(
      flow(
        dialogRecv('INVITE'),
        b.reply('100 Trying', { tagged: false }),
        tell('far', 'call'),
        hear('far'),
        b.reply('180 Ringing'),
        hear('far'),
        b.reply('200 OK', { body: nearSdp, repeat: true }),
        recv('ACK'),
        recv('BYE'),
        b.reply('200 OK', { dialog: true }),
        tell('far', 'bye'),
      ),
      { here: at(3), args: ['-master', 'near', '-slave_cfg', peers] },
    ),
  );
  await pause(500);
  codes.push(
    sipp(
      flow(
        a.invite({ body: phoneSdp, extra }),
        recv(100),
        must(180),
        dialogRecv(200),
        a.ack(),
        wait(3000),
        a.request('BYE', { cseq: 2 }),
        recv(200),
      ),
      { here: at(1), peer: `${at(3)}:5060`, args: cid },
    ),
  );
  return Promise.all(codes);
}
const fixed = (address, port) => sdp({ address, port });

export default {
  /** One host, the same users on both sides, media addresses of its own. */
  b2bua: (scene) => {
    const border = scene.at(3);
    return bridge(
      { ...scene, at: (host, on) => (host === 4 ? border : scene.at(host, on)) },
      {
        phone: { callId: 'c0ffee11-phone///[call_id]' },
        near: {},
        far: { callId: '7e57ab1e-border///[call_id]' },
        other: {},
        phoneSdp: fixed(scene.at(1), 30_000),
        nearSdp: fixed(border, 31_000),
        farSdp: fixed(border, 31_002),
        otherSdp: fixed(scene.at(2), 30_002),
      },
    );
  },
  /** Two addresses, other users behind it, but the media of the phones passes it as it is. */
  'b2bua-rewrites': (scene) =>
    bridge(scene, {
      phone: { callId: '1d0f1ab5-phone///[call_id]' },
      near: {},
      far: { from: 'trunk7', to: '0199002', callId: '5ca1ab1e-trunk///[call_id]' },
      other: { from: 'trunk7', to: '0199002' },
      phoneSdp: fixed(scene.at(1), 30_100),
      nearSdp: fixed(scene.at(2), 30_102),
      farSdp: fixed(scene.at(1), 30_100),
      otherSdp: fixed(scene.at(2), 30_102),
    }),
  /** Nothing in common but the Session-ID (RFC 7989), which the caller made. */
  'b2bua-session-id': (scene) =>
    bridge(scene, {
      phone: { callId: '4b1d5afe-phone///[call_id]' },
      near: {},
      far: { from: 'trunk8', to: '0199003', callId: '0ddba11c-trunk///[call_id]' },
      other: { from: 'trunk8', to: '0199003' },
      phoneSdp: fixed(scene.at(1), 30_200),
      nearSdp: fixed(scene.at(3), 31_200),
      farSdp: fixed(scene.at(4, 3), 31_202),
      otherSdp: fixed(scene.at(2), 30_202),
      extra: ['Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000'],
    }),
  /** Kamailio's topoh: the Call-ID behind it is a masked one. */
  topoh: async ({ at, file, sipp, kamailio }) => {
    const border = await kamailio(
      at(3),
      proxy({
        listen: [`udp:${at(3)}:5060`, `udp:${at(4, 3)}:5060`],
        before: 'mhomed=yes',
        modules: ['topoh'],
        params: [
          ['topoh', 'mask_key', 'lab'],
          ['topoh', 'mask_ip', at(4)],
          ['topoh', 'mask_callid', 1],
        ],
        route: `${within}\n  $fs = "udp:${at(4)}:5060";${to(`sip:2002@${at(2)}:5060`)}`,
      }),
    );
    const voice = file('voice.raw', Buffer.alloc(4000, 0x55));
    const [a, b] = [caller({}), callee({})];
    const called = sipp(
      flow(
        dialogRecv('INVITE'),
        b.reply('180 Ringing'),
        wait(1200),
        b.reply('200 OK', { body: sdp(), repeat: true }),
        recv('ACK'),
        play(voice),
        recv('BYE'),
        b.reply('200 OK', { dialog: true }),
      ),
      { here: at(2) },
    );
    await pause(400);
    const calling = sipp(
      flow(
        a.invite(),
        recv(100),
        must(180),
        dialogRecv(200),
        a.ack(),
        play(voice),
        wait(3000),
        a.request('BYE', { cseq: 2 }),
        recv(200),
      ),
      { here: at(1), peer: `${at(3)}:5060` },
    );
    const codes = await Promise.all([called, calling]);
    await border.stop();
    return codes;
  },
};
