/** What passes beside calls: peer checks and subscriptions. */
import { pause } from '../lab.mjs';
import { callee, caller, dialogRecv, flow, recv, wait } from '../flows.mjs';
import { digest, proxy, registrar, within } from '../kamailio.mjs';

const b = callee({ from: 'ping', to: 'ping' });
const dialogInfo = (version, state) => [
  '<?xml version="1.0"?>',
  `<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${version}" state="full" entity="sip:2002@lab.example">`,
  ...(state === undefined ? [] : [`<dialog id="d1" direction="recipient"><state>${state}</state></dialog>`]),
  '</dialog-info>',
];
const watched = { type: 'application/dialog-info+xml' };
const event = (state) => ['Event: dialog', `Subscription-State: ${state}`];

export default {
  /** Kamailio's dispatcher asks two peers every four seconds; one of them goes. */
  'peer-down': async (scene) => {
    const { at, file, kamailio, sipp } = scene;
    const list = file('dispatcher.list', `1 sip:${at(2)}:5060\n1 sip:${at(4)}:5060\n`);
    const answer = flow(recv('OPTIONS'), b.reply('200 OK'));
    const codes = [
      sipp(answer, { here: at(2), calls: 16, seconds: 90 }),
      sipp(answer, { here: at(4), calls: 4, seconds: 90 }),
    ];
    await pause(300);
    const server = await kamailio(
      at(3),
      proxy({
        listen: [`udp:${at(3)}:5060`],
        modules: ['dispatcher'],
        params: [
          ['dispatcher', 'list_file', list],
          ['dispatcher', 'ds_ping_interval', 4],
          ['dispatcher', 'ds_probing_mode', 1],
          ['dispatcher', 'ds_ping_from', 'sip:ping@lab.example'],
          ['tm', 'fr_timer', 5000],
        ],
        route: 'exit;',
      }),
    );
    const ends = await Promise.all(codes);
    await server.stop();
    return ends;
  },
  /** baresip asks for its messages waiting. */
  'messages-waiting': async ({ at, kamailio, baresip, sipp }) => {
    const server = await kamailio(
      at(3),
      proxy({
        listen: [`udp:${at(3)}:5060`],
        route: `${registrar(`${digest()}save("location");`)}${within}
  record_route();
  $ru = "sip:2001@${at(2)}:5060";
  t_relay();`,
      }),
    );
    const box = callee({ from: '2001', to: '2001', tag: 'box' });
    const summary = (waiting) => ({
      type: 'application/simple-message-summary',
      body: [`Messages-Waiting: ${waiting ? 'yes' : 'no'}`, `Voice-Message: ${waiting ? '2/8' : '0/10'} (0/2)`],
    });
    const state = ['Event: message-summary', 'Subscription-State: active;expires=600'];
    const notifier = sipp(
      flow(
        dialogRecv('SUBSCRIBE'),
        box.reply('200 OK', { extra: ['Expires: 600'] }),
        wait(200),
        box.request('NOTIFY', { cseq: 1, ...summary(false), extra: state }),
        recv(200),
        wait(2000),
        box.request('NOTIFY', { cseq: 2, ...summary(true), extra: state }),
        recv(200),
        recv('SUBSCRIBE'),
        box.reply('200 OK', { dialog: true, extra: ['Expires: 0'] }),
        box.request('NOTIFY', {
          cseq: 3,
          ...summary(true),
          extra: ['Event: message-summary', 'Subscription-State: terminated;reason=timeout'],
        }),
        recv(200),
      ),
      { here: at(2) },
    );
    const phone = await baresip({
      here: at(1),
      modules: ['mwi'],
      account: `<sip:2001@lab.example>;auth_pass=lab-secret;outbound="sip:${at(3)}";regint=300;mwi=yes`,
    });
    await pause(4000);
    await phone.stop();
    const code = await notifier;
    await server.stop();
    return [code];
  },
  /** A busy lamp: 2001 watches 2002 through a call, another asks for an event that the server does not have. */
  'busy-lamp': async ({ at, sipp }) => {
    const lamp = caller({ agent: 'Lab lamp' });
    const watcher = callee({});
    const server = callee({ tag: 'state' });
    const said = (cseq, state, subscription = 'active;expires=300') =>
      server.request('NOTIFY', { cseq, ...watched, body: dialogInfo(cseq, state), extra: event(subscription) });
    const heard = [recv('NOTIFY'), watcher.reply('200 OK', { dialog: true })];
    const asks = (expires) => ['Event: dialog', 'Accept: application/dialog-info+xml', `Expires: ${expires}`];
    const answering = sipp(
      flow(
        dialogRecv('SUBSCRIBE'),
        server.reply('200 OK', { extra: ['Expires: 300'] }),
        [undefined, 'early', 'confirmed', 'terminated'].map((state, n) => [said(n + 1, state), recv(200), wait(700)]),
        recv('SUBSCRIBE'),
        server.reply('200 OK', { dialog: true, extra: ['Expires: 0'] }),
        said(5, undefined, 'terminated;reason=timeout'),
        recv(200),
      ),
      { here: at(2) },
    );
    await pause(400);
    const asking = sipp(
      flow(
        lamp.alone('SUBSCRIBE', { extra: asks(300) }),
        dialogRecv(200),
        [heard, heard, heard, heard],
        wait(1000),
        lamp.request('SUBSCRIBE', { cseq: 2, extra: asks(0) }),
        recv(200),
        heard,
      ),
      { here: at(1), peer: `${at(2)}:5060` },
    );
    const codes = await Promise.all([answering, asking]);
    const refusing = sipp(
      flow(recv('SUBSCRIBE'), server.reply('489 Bad Event', { extra: ['Allow-Events: message-summary'] })),
      { here: at(2) },
    );
    await pause(400);
    codes.push(
      await sipp(flow(caller({ from: '2005' }).alone('SUBSCRIBE', { extra: asks(300) }), recv(489)), {
        here: at(1),
        peer: `${at(2)}:5060`,
      }),
      await refusing,
    );
    return codes;
  },
};
