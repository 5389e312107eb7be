/** Finds a Chromium for tests and benchmarks, or installs one: Debian's or Ubuntu's package, else Playwright's build. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable'];

export function chromiumPath() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of names) if (existsSync(path.join(folder, name))) return path.join(folder, name);
  }
  return undefined;
}

/** Debian packages through apt, as root or by a sudo that asks nothing. True where it went through. */
export function aptInstall(packages) {
  if (!existsSync('/usr/bin/apt-get')) return false;
  const root = process.getuid?.() === 0;
  const run = (...args) =>
    spawnSync(root ? 'apt-get' : 'sudo', root ? args : ['-n', 'apt-get', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  return run('update', '-qq') && run('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

export function ensureChromium() {
  if (chromiumPath()) return;
  console.log('No Chromium found: installing it.');
  if (aptInstall(['chromium']) && chromiumPath()) return;
  try {
    execFileSync('npx', ['playwright', 'install', '--with-deps', 'chromium'], { stdio: 'inherit' });
  } catch {
    throw new Error('No Chromium could be installed. Install one, or name it in CHROMIUM_PATH.');
  }
}
