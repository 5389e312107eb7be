/** Registrations at Kamailio's registrar, with and without push parameters (RFC 8599). */
import { pause } from '../lab.mjs';
import { callee, caller, dialogRecv, flow, must, recv, sdp, wait } from '../flows.mjs';
import { digest, proxy, registrar, toLocation, within } from '../kamailio.mjs';

const pushed = (id) => `;pn-provider=apns;pn-prid=${id};pn-param=TEAM.us.example.phone.voip`;
const phone = (address, id) => `<sip:2002@${address}:5060;transport=UDP${id === undefined ? '' : pushed(id)}>`;
/** The registrar keeps who comes without a password. */
const open = ({ at }, more = {}) =>
  proxy({ ...more, listen: [`udp:${at(3)}:5060`], route: `${registrar()}${within}${toLocation}` });

export default {
  /** baresip with a password that the registrar does not know. */
  'register-refused': async ({ at, kamailio, baresip }) => {
    const server = await kamailio(
      at(3),
      proxy({ listen: [`udp:${at(3)}:5060`], route: registrar(`${digest()}save("location");`) }),
    );
    const account = `<sip:2001@lab.example>;auth_pass=wrong;outbound="sip:${at(3)}";regint=300`;
    const agent = await baresip({ here: at(1), account });
    await pause(4000);
    await agent.stop();
    await server.stop();
  },
  /** The same with the right one: challenged, accepted, and removed when it ends. */
  registered: async ({ at, kamailio, baresip }) => {
    const server = await kamailio(
      at(3),
      proxy({ listen: [`udp:${at(3)}:5060`], route: registrar(`${digest()}save("location");`) }),
    );
    const account = `<sip:2001@lab.example>;auth_pass=lab-secret;outbound="sip:${at(3)}";regint=300`;
    const agent = await baresip({ here: at(1), account });
    await pause(1500);
    await agent.stop();
    await server.stop();
  },
  /** The proxy asks for a password of calls too (407). */
  'call-authenticated': async ({ at, kamailio, baresip, sipp }) => {
    const server = await kamailio(
      at(3),
      proxy({
        listen: [`udp:${at(3)}:5060`],
        route: `${within}
  if (!pv_proxy_authenticate("lab.example", "lab-secret", "0")) { proxy_challenge("lab.example", "0"); exit; }
  consume_credentials();
  record_route();
  $ru = "sip:2002@${at(2)}:5060";
  t_relay();`,
      }),
    );
    const b = callee({});
    const answering = sipp(
      flow(
        dialogRecv('INVITE'),
        b.reply('180 Ringing'),
        wait(800),
        b.reply('200 OK', { body: sdp({ types: [0, 101] }), repeat: true }),
        recv('ACK'),
        recv('BYE'),
        b.reply('200 OK', { dialog: true }),
      ),
      { here: at(2) },
    );
    const account = `<sip:2001@lab.example>;auth_pass=lab-secret;outbound="sip:${at(3)}";regint=0;ptime=40`;
    const near = await baresip({ here: at(1), account });
    await near.order('dial', 'sip:2002@lab.example');
    await pause(2500);
    await near.order('hangup');
    await pause(500);
    await near.stop();
    const code = await answering;
    await server.stop();
    return [code];
  },
  /** A phone that is pushed takes a call. The log of the proxy has the same messages. */
  'push-registered': async (scene) => {
    const { at, kamailio, sipp } = scene;
    const server = await kamailio(at(3), open(scene, { traced: true }));
    const mobile = caller({ from: '2002', to: '2002', contact: phone(at(2), 'd5b2c4f0') });
    const [a, b] = [caller({}), callee({})];
    const codes = [await sipp(flow(mobile.register(), recv(200)), { here: at(2), peer: `${at(3)}:5060` })];
    const called = sipp(
      flow(
        dialogRecv('INVITE'),
        b.reply('180 Ringing'),
        wait(1500),
        b.reply('200 OK', { body: sdp(), repeat: true }),
        recv('ACK'),
        recv('BYE'),
        b.reply('200 OK', { dialog: true }),
      ),
      { here: at(2) },
    );
    await pause(500);
    const calling = sipp(
      flow(
        a.invite(),
        recv(100),
        must(180),
        dialogRecv(200),
        a.ack(),
        wait(3000),
        a.request('BYE', { cseq: 2 }),
        recv(200),
      ),
      { here: at(1), peer: `${at(3)}:5060` },
    );
    codes.push(...(await Promise.all([called, calling])));
    await server.stop();
    scene.keep(server.log, 'push-registered.log');
    return codes;
  },
  /** A pushed phone that sleeps: nothing listens behind its contact, and it does not come back. */
  'push-asleep': async (scene) => {
    const { at, kamailio, sipp } = scene;
    const server = await kamailio(
      at(3),
      proxy({
        listen: [`udp:${at(3)}:5060`],
        params: [
          ['tm', 'fr_timer', 6000],
          ['tm', 'fr_inv_timer', 6000],
        ],
        route: `${registrar()}${within}
  record_route();
  if (!lookup("location")) { sl_send_reply("480", "Temporarily Unavailable"); exit; }
  t_on_failure("GONE");
  t_relay();`,
        more: 'failure_route[GONE] { if (t_is_canceled()) exit; t_reply("480", "Temporarily Unavailable"); }',
      }),
    );
    const mobile = caller({ from: '2002', to: '2002', contact: phone(at(2), 'a91e07c3') });
    const a = caller({});
    const codes = [await sipp(flow(mobile.register(), recv(200)), { here: at(2), peer: `${at(3)}:5060` })];
    await pause(1000);
    codes.push(
      await sipp(flow(a.invite(), recv(100), recv(480), a.ackRefusal()), { here: at(1), peer: `${at(3)}:5060` }),
    );
    await server.stop();
    return codes;
  },
  /** The same phone never told how it is pushed, and has a number that nobody knows any more. */
  'push-unknown': async (scene) => {
    const { at, kamailio, sipp } = scene;
    const server = await kamailio(at(3), open(scene));
    const pushedPhone = caller({ from: '2003', to: '2003', contact: phone(at(4), 'b0074b1e').replace('2002', '2003') });
    const mobile = caller({ from: '2002', to: '2002', contact: phone(at(2)) });
    const a = caller({});
    const peer = `${at(3)}:5060`;
    const codes = [
      await sipp(flow(pushedPhone.register(), recv(200)), { here: at(4), peer }),
      await sipp(flow(mobile.register({ cseq: 1 }), recv(200)), { here: at(2), peer }),
      // it goes to sleep: its registration ends
      await sipp(flow(mobile.register({ cseq: 2, expires: 0 }), recv(200)), { here: at(2), peer }),
    ];
    await pause(1000);
    codes.push(await sipp(flow(a.invite(), recv(100), recv(480), a.ackRefusal()), { here: at(1), peer }));
    await server.stop();
    return codes;
  },
};
