/** Media of calls between two sipp processes: G.729 keeps the captures small. */
import { pause } from '../lab.mjs';
import { callee, caller, dialogRecv, flow, must, play, recv, sdp, wait } from '../flows.mjs';

const [a, b] = [caller({}), callee({})];
/** `near` and `far`: does that side speak once the call is answered? `early`: the callee from the 183 on. */
const talk =
  ({ near = true, far = true, early, progress = false, seconds = 7 }) =>
  async ({ at, sipp, file }) => {
    const voice = file('voice.raw', Buffer.alloc(6000, 0x55));
    const answering = sipp(
      flow(
        dialogRecv('INVITE'),
        progress ? b.reply('183 Session Progress', { body: sdp() }) : b.reply('180 Ringing'),
        early ? play(voice) : undefined,
        wait(progress ? 3000 : 1500),
        b.reply('200 OK', { body: sdp(), repeat: true }),
        recv('ACK'),
        far && !early ? play(voice) : undefined,
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
        must(progress ? 183 : 180),
        dialogRecv(200),
        a.ack(),
        near ? play(voice) : undefined,
        wait(seconds * 1000),
        a.request('BYE', { cseq: 2 }),
        recv(200),
      ),
      { here: at(1), peer: `${at(2)}:5060` },
    );
    return Promise.all([calling, answering]);
  };

export default {
  'early-media': talk({ progress: true, early: true, seconds: 4 }),
  /** 183 with SDP, and silence until the answer. */
  'early-media-silent': talk({ progress: true, seconds: 4 }),
  'one-way': talk({ far: false }),
};
