// Jest's global setup of the journeys: one browser and one demo for all files, which would else each wait for their own.
import { chromium } from 'playwright-core';
import { OwnMuster } from './muster';
import { shared } from './shared';

export default async function start(): Promise<void> {
  // Both are on their way at once. The demo takes longest, and files that do not need it begin without it.
  [shared.demo, shared.browser] = await Promise.all([OwnMuster.start('--demo'), launchBrowser()]);
  process.env['E2E_DEMO'] = JSON.stringify(shared.demo.whereabouts());
  process.env['E2E_BROWSER'] = shared.browser.wsEndpoint();
}

/** Debian's Chromium unless CHROMIUM says another; what it would fetch in the background is switched off. */
function launchBrowser(): ReturnType<typeof chromium.launchServer> {
  return chromium.launchServer({
    host: '127.0.0.1',
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
