/** What happens within a call: hold, transfers, session timers. */
import { pause } from '../lab.mjs';
import { callee, caller, dialogRecv, flow, must, recv, sdp, wait } from '../flows.mjs';

/** A baresip that is reached by its address; GSM keeps the captures small. */
const agent = ({ baresip }, here, user, more = '', args = []) =>
  baresip({ here, args, account: `<sip:${user}@${here}>;regint=0;audio_codecs=gsm${more}` });
const auto = ';answermode=auto';

/** sipp against sipp, both long enough for a session timer. */
async function two({ at, sipp }, called, calling, seconds = 130) {
  const answering = sipp(called, { here: at(2), seconds });
  await pause(400);
  return Promise.all([sipp(calling, { here: at(1), peer: `${at(2)}:5060`, seconds }), answering]);
}
const [a, b] = [caller({}), callee({})];
const timed = (seconds, refresher = 'uac') => [
  'Supported: timer',
  `Session-Expires: ${seconds}${refresher ? `;refresher=${refresher}` : ''}`,
  'Min-SE: 90',
];
const agreed = ['Require: timer', 'Session-Expires: 90;refresher=uac'];
const answers = (extra = []) => [
  dialogRecv('INVITE'),
  b.reply('180 Ringing'),
  wait(1000),
  b.reply('200 OK', { body: sdp(), extra, repeat: true }),
  recv('ACK'),
];
const calls = (extra = [], cseq = 1) => [
  a.invite({ cseq, extra }),
  recv(100),
  must(180),
  dialogRecv(200),
  a.ack({ cseq }),
];

export default {
  /** The caller's own trace of its messages lies beside the capture. */
  hold: async (scene) => {
    const near = await agent(scene, scene.at(1), '2001', '', ['-s']);
    const far = await agent(scene, scene.at(2), '2002', auto);
    await near.order('dial', `sip:2002@${scene.at(2)}`);
    await pause(2000);
    await near.order('hold');
    await pause(1500);
    await near.order('resume');
    await pause(2000);
    await near.order('hangup');
    await pause(500);
    await near.stop();
    await far.stop();
    scene.keep(near.log, 'hold.log');
  },
  'transfer-blind': async (scene) => {
    const [one, two, three] = [scene.at(1), scene.at(2), scene.at(3)];
    const near = await agent(scene, one, '2001');
    const far = await agent(scene, two, '2002', auto);
    const third = await agent(scene, three, '2003', auto);
    await near.order('dial', `sip:2002@${two}`);
    await pause(1200);
    await far.order('transfer', `sip:2003@${three}`);
    await pause(1500);
    await near.order('hangup');
    await pause(500);
    await near.stop();
    await far.stop();
    await third.stop();
  },
  /** 2002 asks 2003 before it connects 2001: six sipp processes, one a leg's end. */
  'transfer-attended': async ({ at, sipp }) => {
    const [one, two, three] = [at(1), at(2), at(3)];
    const consult = { from: '2002', to: '2003', tag: 'consulting', callId: 'consult-4471-b' };
    const joined = { from: '2001', to: '2003', tag: 'joined', callId: 'joined-9093-c' };
    const replaces = 'consult-4471-b;to-tag=asked;from-tag=consulting';
    const held = sdp({ direction: 'sendonly', version: 2 });
    const [b2, c1] = [caller(consult), callee({ ...consult, tag: 'asked' })];
    const [a2, c2] = [caller(joined), callee({ ...joined, tag: 'taken' })];
    const sipfrag = (line) => ({ body: [line], type: 'message/sipfrag;version=2.0' });
    const event = (state) => ['Event: refer', `Subscription-State: ${state}`];
    const heard = (reply) => callee({}).reply(reply, { dialog: true });
    const codes = [
      sipp(
        flow(
          answers(),
          wait(1500),
          b.request('INVITE', { cseq: 1, body: held }),
          dialogRecv(200),
          b.request('ACK', { cseq: 1 }),
          wait(4000),
          b.request('REFER', {
            cseq: 2,
            extra: [
              `Refer-To: <sip:2003@${three}:5070?Replaces=${encodeURIComponent(replaces)}>`,
              `Referred-By: <sip:2002@lab.example>`,
            ],
          }),
          recv(202),
          recv('NOTIFY'),
          heard('200 OK'),
          recv('NOTIFY'),
          heard('200 OK'),
          b.request('BYE', { cseq: 3 }),
          recv(200),
        ),
        { here: two },
      ),
      sipp(
        flow(
          dialogRecv('INVITE'),
          c1.reply('180 Ringing'),
          wait(700),
          c1.reply('200 OK', { body: sdp(), repeat: true }),
          recv('ACK'),
          wait(3500),
          c1.request('BYE', { cseq: 1 }),
          recv(200),
        ),
        { here: three },
      ),
      sipp(
        flow(
          dialogRecv('INVITE'),
          c2.reply('200 OK', { body: sdp(), repeat: true }),
          recv('ACK'),
          recv('BYE'),
          c2.reply('200 OK', { dialog: true }),
        ),
        { here: three, port: 5070 },
      ),
    ];
    await pause(500);
    codes.push(
      sipp(
        flow(
          calls(),
          dialogRecv('INVITE'),
          callee({}).reply('200 OK', { dialog: true, body: sdp({ direction: 'recvonly', version: 2 }) }),
          recv('ACK'),
          dialogRecv('REFER'),
          heard('202 Accepted'),
          a.request('NOTIFY', { cseq: 2, ...sipfrag('SIP/2.0 100 Trying'), extra: event('active;expires=60') }),
          recv(200),
          wait(900),
          a.request('NOTIFY', { cseq: 3, ...sipfrag('SIP/2.0 200 OK'), extra: event('terminated;reason=noresource') }),
          recv(200),
          recv('BYE'),
          heard('200 OK'),
        ),
        { here: one, peer: `${two}:5060` },
      ),
    );
    await pause(3500);
    codes.push(
      sipp(flow(b2.invite(), recv(100), must(180), dialogRecv(200), b2.ack(), recv('BYE'), heard('200 OK')), {
        here: two,
        port: 5070,
        peer: `${three}:5060`,
        args: ['-cid_str', consult.callId],
      }),
    );
    await pause(3300);
    codes.push(
      sipp(
        flow(
          a2.invite({ extra: [`Replaces: ${replaces}`, 'Referred-By: <sip:2002@lab.example>'] }),
          recv(100),
          recv(180),
          dialogRecv(200),
          a2.ack(),
          wait(2500),
          a2.request('BYE', { cseq: 2 }),
          recv(200),
        ),
        { here: one, port: 5070, peer: `${three}:5070`, args: ['-cid_str', joined.callId] },
      ),
    );
    return Promise.all(codes);
  },
  'session-refreshed': (scene) =>
    two(
      scene,
      flow(
        answers(agreed),
        recv('UPDATE'),
        b.reply('200 OK', { dialog: true, extra: agreed }),
        recv('UPDATE'),
        b.reply('200 OK', { dialog: true, extra: agreed }),
        recv('BYE'),
        b.reply('200 OK', { dialog: true }),
      ),
      flow(
        calls(timed(90)),
        wait(45_000),
        a.request('UPDATE', { cseq: 2, extra: timed(90) }),
        recv(200),
        wait(45_000),
        a.request('UPDATE', { cseq: 3, extra: timed(90) }),
        recv(200),
        wait(10_000),
        a.request('BYE', { cseq: 4 }),
        recv(200),
      ),
    ),
  /** The caller promised to refresh and does not: the callee ends the call at two thirds (RFC 4028 §10). */
  'session-dropped': (scene) =>
    two(
      scene,
      flow(answers(agreed), wait(60_000), b.request('BYE', { cseq: 1 }), recv(200)),
      flow(calls(timed(90)), recv('BYE'), callee({}).reply('200 OK', { dialog: true })),
    ),
  'session-too-short': (scene) =>
    two(
      scene,
      flow(
        recv('INVITE'),
        b.reply('422 Session Interval Too Small', { extra: ['Min-SE: 90'] }),
        recv('ACK'),
        answers(agreed),
        recv('BYE'),
        b.reply('200 OK', { dialog: true }),
      ),
      flow(
        a.invite({ extra: ['Supported: timer', 'Session-Expires: 60;refresher=uac'] }),
        recv(422),
        a.ackRefusal(),
        calls(timed(90), 2),
        wait(3000),
        a.request('BYE', { cseq: 3 }),
        recv(200),
      ),
      30,
    ),
};
