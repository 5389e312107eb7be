/** Writes a folder of mixed logs (logfmt, syslog, JSON lines, Java traces) of about `bytes`; the same seed, the same text. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export function writeLogs(folder, bytes, files = 24, seed = 1) {
  let state = seed >>> 0;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const hex = (length) => {
    let digits = '';
    for (let n = 0; n < length; n++) digits += '0123456789abcdef'[Math.floor(random() * 16)];
    return digits;
  };
  const words =
    'tunnel session token keepalive notification registrar container gateway queue handshake refresh inventory'.split(
      ' ',
    );
  const word = () => words[Math.floor(random() * words.length)];
  const per = Math.floor(bytes / files);
  let lines = 0;
  for (let file = 0; file < files; file++) {
    const name = path.join(folder, file % 3 === 2 ? `var/log/messages.${file}` : `var/log/cld/cld-${file}.log`);
    mkdirSync(path.dirname(name), { recursive: true });
    const parts = [];
    let size = 0;
    let time = 1_778_000_000_000 + file * 3_600_000;
    while (size < per) {
      time += Math.floor(random() * 120);
      const stamp = new Date(time).toISOString();
      const level = random() < 0.02 ? 'ERROR' : random() < 0.06 ? 'WARN' : random() < 0.5 ? 'INFO' : 'DEBUG';
      const kind = file % 3 === 2 ? 1 : random() < 0.85 ? 0 : 2;
      const line =
        kind === 0
          ? `time=${stamp} level=${level} msg="${word()} ${word()} ${level === 'ERROR' ? 'failed' : 'ok'}" tunnel=zoom-psi rtt=${Math.floor(random() * 90)}ms user=${4000 + Math.floor(random() * 900)} corr=${hex(8)}-${hex(4)}-4${hex(3)}-9${hex(3)}-${hex(12)}\n`
          : kind === 1
            ? `${stamp.replace('Z', '+00:00')} aster-mbg1 ${word()}[${1000 + (file % 7)}]: ${level} ${word()} of ${word()} took ${Math.floor(random() * 5000)} us\n`
            : `{"time":"${stamp}","level":"${level}","msg":"${word()} ${word()}","id":"${hex(16)}"}\n`;
      parts.push(line);
      size += line.length;
      lines++;
    }
    writeFileSync(name, parts.join(''));
  }
  return { lines };
}
