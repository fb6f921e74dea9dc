import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Where Debian's package puts the browser. */
const CHROMIUM = '/usr/bin/chromium';

/** Sees to it that there is a browser to test with; returns a sentence when there is none to be had. */
export function ensureChromium() {
  if (existsSync(process.env.CHROMIUM ?? CHROMIUM)) return undefined;
  const advice = `install Chromium (Debian: apt-get install chromium), or set CHROMIUM to the path of one`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return `The browser tests need ${CHROMIUM}: ${advice}.`;
  }
  console.log('  Installing Chromium …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' });
  apt('update');
  const installed = apt('install', '--yes', '--no-install-recommends', 'chromium');
  if (installed.status === 0 && existsSync(CHROMIUM)) return undefined;
  return `Chromium could not be installed (${(installed.stderr ?? '').trim().split('\n').at(-1)}): ${advice}.`;
}
