import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Where Debian's packages put the browser and its headless twin; journeys take the first that is there. */
const PACKAGED = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const ADVICE =
  'install Chromium (Debian: apt-get install chromium-headless-shell), or set CHROMIUM to the path of one';

/** Sees to it that there is a browser to test with; returns a sentence when there is none to be had. */
export function ensureChromium() {
  const wanted = process.env.CHROMIUM;
  if (wanted !== undefined)
    return existsSync(wanted) ? undefined : `There is no ${wanted}, which CHROMIUM names: ${ADVICE}.`;
  if (PACKAGED.some((path) => existsSync(path))) return undefined;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return `The browser tests need Chromium: ${ADVICE}.`;
  console.log('  Installing Chromium …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' });
  apt('update');
  // Older releases of Debian have no package of the shell alone.
  let complaint = '';
  for (const name of ['chromium-headless-shell', 'chromium']) {
    const installed = apt('install', '--yes', '--no-install-recommends', name);
    if (installed.status === 0 && PACKAGED.some((path) => existsSync(path))) return undefined;
    complaint = (installed.stderr ?? '').trim().split('\n').at(-1);
  }
  return `Chromium could not be installed (${complaint}): ${ADVICE}.`;
}
