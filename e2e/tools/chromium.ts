import { existsSync } from 'node:fs';

/** Debian's packages. The shell is the same engine without the browser's own windows, as Playwright prefers for headless work. */
const PACKAGED = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** How Chromium is started for journeys, pictures and measurements. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? PACKAGED.find((path) => existsSync(path)) ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
