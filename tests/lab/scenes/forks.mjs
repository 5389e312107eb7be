/** Kamailio rings two phones at once. */
import { pause } from '../lab.mjs';
import { callee, caller, dialogRecv, flow, must, recv, sdp, wait } from '../flows.mjs';
import { proxy, to, within } from '../kamailio.mjs';

const a = caller({});
const [b, c] = [callee({ tag: 'desk' }), callee({ tag: 'mobile' })];
const fork = async ({ at, kamailio, sipp }, desk, mobile, calling) => {
  const server = await kamailio(
    at(3),
    proxy({
      listen: [`udp:${at(3)}:5060`],
      route: `${within}${to(`sip:2002@${at(1)}:5060`, `sip:2002@${at(2)}:5060`)}`,
    }),
  );
  const answering = [sipp(desk, { here: at(1) }), sipp(mobile, { here: at(2) })];
  await pause(400);
  const codes = await Promise.all([...answering, sipp(calling, { here: at(4), peer: `${at(3)}:5060` })]);
  await server.stop();
  return codes;
};

export default {
  /** Both ring, one takes it, the other is told so. */
  forked: (scene) =>
    fork(
      scene,
      flow(
        dialogRecv('INVITE'),
        b.reply('180 Ringing'),
        recv('CANCEL'),
        b.reply('200 OK'),
        b.reply('487 Request Terminated', { repeat: true }).replace('[last_CSeq:]', 'CSeq: 1 INVITE'),
        recv('ACK'),
      ),
      flow(
        dialogRecv('INVITE'),
        c.reply('180 Ringing'),
        wait(2000),
        c.reply('200 OK', { body: sdp(), repeat: true }),
        recv('ACK'),
        recv('BYE'),
        c.reply('200 OK', { dialog: true }),
      ),
      flow(
        a.invite(),
        recv(100),
        must(180),
        recv(180),
        dialogRecv(200),
        a.ack(),
        wait(2500),
        a.request('BYE', { cseq: 2 }),
        recv(200),
      ),
    ),
  /**
   * The mobile answers as the CANCEL comes: the caller keeps what it heard first and hangs up the other (RFC 3261 §9.2,
   * §13.2.2.4).
   */
  'forked-two-answers': (scene) => {
    const keep = (header, occurrence, name) =>
      `<ereg regexp=".*" search_in="hdr" header="${header}:" occurrence="${occurrence}" assign_to="${name}"/>`;
    const kept = [keep('Via', 1, 'via1'), keep('Via', 2, 'via2'), keep('Record-Route', 1, 'route')].join('');
    const late = c
      .reply('200 OK', { body: sdp(), repeat: true })
      .replace('[last_Via:]', 'Via: [$via1]\nVia: [$via2]')
      .replace('[last_Record-Route:]', 'Record-Route: [$route]')
      .replace('[last_CSeq:]', 'CSeq: 1 INVITE');
    const second = { toTag: ';tag=mobile', target: `sip:2002@${scene.at(2)}:5060;transport=UDP` };
    return fork(
      scene,
      flow(
        dialogRecv('INVITE'),
        b.reply('180 Ringing'),
        wait(1500),
        b.reply('200 OK', { body: sdp(), repeat: true }),
        recv('ACK'),
        recv('BYE'),
        b.reply('200 OK', { dialog: true }),
      ),
      flow(
        dialogRecv('INVITE').replace('</action>', `${kept}</action>`),
        c.reply('180 Ringing'),
        recv('CANCEL'),
        c.reply('200 OK'),
        late,
        recv('ACK'),
        recv('BYE'),
        c.reply('200 OK', { dialog: true }),
      ),
      flow(
        a.invite(),
        recv(100),
        must(180),
        recv(180),
        dialogRecv(200),
        a.ack(),
        recv(200),
        a.ack(second),
        a.request('BYE', { cseq: 2, ...second }),
        recv(200),
        wait(2500),
        a.request('BYE', { cseq: 3, toTag: ';tag=desk' }),
        recv(200),
      ),
    );
  },
};
