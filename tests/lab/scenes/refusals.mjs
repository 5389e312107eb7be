/** Calls that do not come about, and one whose answer nobody acknowledges. */
import { pause } from '../lab.mjs';
import { callee, caller, dialogRecv, flow, must, recv, sdp, wait } from '../flows.mjs';

/** sipp against sipp: the callee listens before the caller calls. */
async function two({ at, sipp }, called, calling, more = {}) {
  const answering = sipp(called, { here: at(2), ...more });
  await pause(400);
  const codes = [sipp(calling, { here: at(1), peer: `${at(2)}:5060`, ...more }), answering];
  return Promise.all(codes);
}
const a = caller({});
const b = callee({});
const refused =
  (status, extra = []) =>
  (scene) =>
    two(
      scene,
      flow(
        recv('INVITE'),
        b.reply('100 Trying', { tagged: false }),
        wait(60),
        status < '487' || status > '489' ? b.reply('180 Ringing') : undefined,
        wait(900),
        b.reply(status, { repeat: true, extra }),
        recv('ACK'),
      ),
      flow(a.invite(), recv(100), recv(180), recv(Number(status.slice(0, 3))), a.ackRefusal()),
    );

export default {
  busy: refused('486 Busy Here'),
  'not-acceptable': (scene) =>
    two(
      scene,
      flow(
        recv('INVITE'),
        b.reply('100 Trying', { tagged: false }),
        b.reply('488 Not Acceptable Here', {
          repeat: true,
          extra: [`Warning: 304 ${scene.at(2)} "Media type not available"`],
        }),
        recv('ACK'),
      ),
      flow(
        a.invite({
          body: sdp({
            profile: 'RTP/SAVP',
            more: ['a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:bGFiLWtleS1sYWIta2V5LWxhYi1rZXktbGFiLWtleS0x'],
          }),
        }),
        recv(100),
        recv(488),
        a.ackRefusal(),
      ),
    ),
  'timed-out': refused('408 Request Timeout'),
  cancelled: (scene) =>
    two(
      scene,
      flow(
        recv('INVITE'),
        b.reply('100 Trying', { tagged: false }),
        b.reply('180 Ringing'),
        recv('CANCEL'),
        b.reply('200 OK', {}),
        // the 487 answers the INVITE: its CSeq and Via are those of the CANCEL but for the method
        b.reply('487 Request Terminated', { repeat: true }).replace('[last_CSeq:]', 'CSeq: 1 INVITE'),
        recv('ACK'),
      ),
      flow(a.invite(), recv(100), must(180), wait(3000), a.cancel({ back: 4 }), recv(200), recv(487), a.ackRefusal()),
    ),
  'not-acknowledged': (scene) =>
    two(
      scene,
      flow(
        dialogRecv('INVITE'),
        b.reply('180 Ringing'),
        wait(900),
        // RFC 3261 §13.3.1.4 by hand: sipp gives up too early
        [500, 1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000, 4000].flatMap((ms) => [
          b.reply('200 OK', { body: sdp() }),
          wait(ms),
        ]),
        b.request('BYE', { cseq: 1 }),
        recv(200),
      ),
      flow(
        a.invite(),
        recv(100),
        recv(180),
        dialogRecv(200),
        wait(30_000),
        recv('BYE'),
        callee({}).reply('200 OK', { dialog: true }),
      ),
      { seconds: 60 },
    ),
  /** A host that was heard before and after says nothing to an INVITE (timer B). */
  unanswered: async ({ at, sipp, inside }) => {
    const check = async () => {
      const answering = sipp(flow(recv('OPTIONS'), b.reply('200 OK')), { here: at(2) });
      await pause(400);
      return [await sipp(flow(a.alone('OPTIONS'), recv(200)), { here: at(1), peer: `${at(2)}:5060` }), await answering];
    };
    const codes = await check();
    // it takes what comes and drops it
    const silent = inside(at(2), process.execPath, [
      '-e',
      `require('node:dgram').createSocket('udp4').bind(5060, '${at(2)}')`,
    ]);
    await pause(400);
    await sipp(flow(a.invite(), recv(100), recv(200)), {
      here: at(1),
      peer: `${at(2)}:5060`,
      seconds: 34,
      args: ['-max_invite_retrans', '7', '-nd'],
    });
    await pause(32_000);
    silent.kill('SIGKILL');
    await pause(200);
    return [...codes, ...(await check())];
  },
};
