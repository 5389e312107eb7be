/** Media of calls between two sipp processes: G.729 keeps the captures small. */
import { pause } from '../lab.mjs';
import { callee, caller, dialogRecv, flow, must, play, recv, sdp, wait } from '../flows.mjs';

const [a, b] = [caller({}), callee({})];
/** `near` and `far`: does that side speak once the call is answered? `early`: the callee from the 183 on. */
const talk =
  ({ near = true, far = true, early, progress = false, seconds = 7, during }) =>
  async (scene) => {
    const { at, sipp, file } = scene;
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
    await during?.(scene);
    return Promise.all([calling, answering]);
  };

/** baresip calls baresip with something about its media that sipp does not know. */
const secured = (parameter, modules) => async (scene) => {
  const { at, baresip } = scene;
  const phone = (here, user, more = '') =>
    baresip({ here, modules, account: `<sip:${user}@${here}>;regint=0;audio_codecs=gsm;${parameter}${more}` });
  const near = await phone(at(1), '2001');
  const far = await phone(at(2), '2002', ';answermode=auto');
  await near.order('dial', `sip:2002@${at(2)}`);
  await pause(3500);
  await near.order('hangup');
  await pause(500);
  await near.stop();
  await far.stop();
};

export default {
  'early-media': talk({ progress: true, early: true, seconds: 4 }),
  /** 183 with SDP, and silence until the answer. */
  'early-media-silent': talk({ progress: true, seconds: 4 }),
  'one-way': talk({ far: false }),
  /** The callee's cable is pulled and put back. */
  lossy: talk({
    seconds: 8,
    during: async ({ at, unplug }) => {
      await pause(4000);
      await unplug(at(2), 600);
    },
  }),
  srtp: secured('mediaenc=srtp-mand', ['srtp']),
  'dtls-srtp': secured('mediaenc=dtls_srtp', ['srtp', 'dtls_srtp']),
  ice: secured('medianat=ice', ['ice']),
};
