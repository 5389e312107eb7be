/** One command for a baresip of the lab: node order.mjs <address> <port> <command> [params] (module ctrl_tcp, netstrings). */
import net from 'node:net';

const [address, port, command, params = ''] = process.argv.slice(2);
const text = JSON.stringify({ command, params, token: 'lab' });
const socket = net.connect(Number(port), address, () => socket.write(`${Buffer.byteLength(text)}:${text},`));
socket.on('data', (data) => {
  if (!String(data).includes('"response":true')) return;
  process.stdout.write(String(data));
  socket.destroy();
});
socket.on('error', () => process.exit(1));
socket.setTimeout(2000, () => socket.destroy());
