import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { setStage } from './stage';

/** What Google calls good is .1; a thumb that is already on its way is missed by less. */
const MOST_SHIFT = 0.05;
/** Answers come one by one, as on a phone: what is drawn before they are there has to keep its place. */
const NETWORK = { offline: false, latency: 300, downloadThroughput: 200_000, uploadThroughput: 200_000 };

interface Screen {
  path: string;
  /** A link on it that leads to the screen that is meant. */
  follow?: string;
}
type Visitor = 'stranger' | 'worker' | 'contractor';

const screens: Record<Visitor, readonly Screen[]> = {
  stranger: [{ path: '/' }, { path: '/sign-up' }, { path: '/sign-in' }],
  worker: [
    { path: '/home' }, { path: '/home', follow: 'main a[href^="/invites/"]' }, { path: '/work' }, { path: '/chats' }, { path: '/chats', follow: 'main a[href^="/chats/"]' },
    { path: '/notices' }, { path: '/me' }, { path: '/hats' }, { path: '/profile' },
  ],
  contractor: [
    { path: '/jobs' }, { path: '/jobs', follow: 'main a[href^="/jobs/0"]' }, { path: '/jobs/new' }, { path: '/find' }, { path: '/chats' }, { path: '/notices' },
    { path: '/me' }, { path: '/profile/contractor' },
  ],
};

interface Measured {
  screen: string;
  shift: number;
  moved: string[];
}
interface ShiftSeen {
  value: number;
  at: number;
  moved: string[];
}

const stage = setStage('--demo');

/** Notes every shift that the person has not caused, and what moved. */
function watchShifts(): void {
  const seen: ShiftSeen[] = [];
  Object.assign(window, { shiftsSeen: seen });
  const nameOf = (node: Node | null): string => {
    const element = node instanceof Element ? node : node?.parentElement;
    return element ? `${element.tagName.toLowerCase()}.${(element.getAttribute('class') ?? '').split(' ').slice(0, 3).join('.')} “${(element.textContent ?? '').slice(0, 30)}”` : 'gone';
  };
  const placeOf = ({ x, y, width, height }: DOMRect) => `${Math.round(x)},${Math.round(y)} ${Math.round(width)}×${Math.round(height)}`;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as unknown as Array<PerformanceEntry & { value: number; hadRecentInput: boolean; sources: Array<{ node: Node | null; previousRect: DOMRect; currentRect: DOMRect }> }>) {
      if (!entry.hadRecentInput) seen.push({ value: entry.value, at: entry.startTime, moved: entry.sources.map(({ node, previousRect, currentRect }) => `${nameOf(node)} ${placeOf(previousRect)} → ${placeOf(currentRect)}`) });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Cumulative layout shift as browsers report it: the worst run of shifts less than a second apart and five seconds long. */
function worstRun(shifts: readonly ShiftSeen[]): number {
  let worst = 0;
  let run = { since: 0, last: 0, sum: 0 };
  for (const { at, value } of shifts) {
    if (at - run.last > 1000 || at - run.since > 5000) run = { since: at, last: at, sum: 0 };
    run = { ...run, last: at, sum: run.sum + value };
    worst = Math.max(worst, run.sum);
  }
  return worst;
}

/** Nothing has been fetched and nothing has moved for a while. */
async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300))));
}

async function measure(page: Page, { path, follow }: Screen): Promise<Measured> {
  await page.goto(path);
  await settle(page);
  if (follow !== undefined) {
    const href = await page.locator(follow).first().getAttribute('href', { timeout: 5000 });
    await page.goto(href ?? path);
    await settle(page);
  }
  const shifts = await page.evaluate(() => (window as unknown as { shiftsSeen: ShiftSeen[] }).shiftsSeen);
  return { screen: follow === undefined ? path : `${path} → one`, shift: worstRun(shifts), moved: shifts.flatMap(({ moved }) => moved) };
}

async function signIn(page: Page, hat: 'worker' | 'contractor'): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[type=email]').fill(stage.muster.says(new RegExp(`Sign in as ${hat}: (\\S+)`)));
  await page.locator('input[type=password]').fill(stage.muster.says(new RegExp(`Sign in as ${hat}: \\S+ +(\\S+)`)));
  await page.locator('button[type=submit]').click();
  await page.locator('nav').waitFor();
}

describe.each([
  ['phone', { width: 360, height: 740 }],
  ['desk', { width: 1440, height: 900 }],
] as const)('on a %s', (_size, viewport) => {
  it.each(['en', 'hi'])('no screen in %s moves under the thumb while it loads', async (language) => {
    const visits = (Object.keys(screens) as Visitor[]).map(async (visitor) => {
      const measured: Measured[] = [];
      // The service worker would answer for the network that is slowed down here.
      const context = await stage.browser.newContext({ baseURL: stage.muster.origin, viewport, locale: 'en-IN', timezoneId: 'Asia/Kolkata', serviceWorkers: 'block' });
      context.setDefaultTimeout(30_000);
      await context.addInitScript((chosen) => localStorage.setItem('muster.language', chosen), language);
      await context.addInitScript(watchShifts);
      const page = await context.newPage();
      if (visitor !== 'stranger') await signIn(page, visitor);
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      await devtools.send('Network.emulateNetworkConditions', NETWORK);
      for (const screen of screens[visitor]) measured.push(await measure(page, screen));
      await context.close();
      return measured;
    });
    const measured = (await Promise.all(visits)).flat();
    expect(measured.filter(({ shift }) => shift > MOST_SHIFT)).toEqual([]);
  }, 300_000);
});
