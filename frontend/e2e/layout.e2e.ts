import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { settledPage } from './settled-page';
import { setSharedStage } from './stage';

/** What Google calls good is .1; a thumb that is already on its way is missed by less. */
const MOST_SHIFT = 0.05;
/** Answers come one by one, as on a phone: what is drawn before they are there has to keep its place. */
const NETWORK = { offline: false, latency: 300, downloadThroughput: 200_000, uploadThroughput: 200_000 };

interface Screen {
  path: string;
  /** A link on it; where the link leads is measured next. */
  follow?: string;
}
type Visitor = 'stranger' | 'worker' | 'contractor';

const screens: Record<Visitor, readonly Screen[]> = {
  stranger: [{ path: '/' }, { path: '/sign-up' }, { path: '/sign-in' }],
  worker: [
    { path: '/home', follow: 'main a[href^="/invites/"]' }, { path: '/work' }, { path: '/chats', follow: 'main a[href^="/chats/"]' }, { path: '/notices' },
    { path: '/me' }, { path: '/hats' }, { path: '/profile' },
  ],
  contractor: [
    { path: '/jobs', follow: 'main a[href^="/jobs/0"]' }, { path: '/jobs/new' }, { path: '/find' }, { path: '/chats' }, { path: '/notices' },
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
  moved: string[];
}

const stage = setSharedStage();

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
      if (!entry.hadRecentInput) seen.push({ value: entry.value, moved: entry.sources.map(({ node, previousRect, currentRect }) => `${nameOf(node)} ${placeOf(previousRect)} → ${placeOf(currentRect)}`) });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Loads a screen from its address, and then the one that a link on it leads to. */
async function measureScreen(page: Page, settled: () => Promise<void>, { path, follow }: Screen): Promise<Measured[]> {
  const measured = [await measureLoad(page, settled, path, path)];
  if (follow === undefined) return measured;
  const href = await page.locator(follow).first().getAttribute('href');
  return [...measured, await measureLoad(page, settled, href ?? path, `${path} → one`)];
}

/** All shifts of a load added up: at least what browsers report, who count the worst five seconds only. */
async function measureLoad(page: Page, settled: () => Promise<void>, path: string, screen: string): Promise<Measured> {
  await page.goto(path);
  await settled();
  const shifts = await page.evaluate(() => (window as unknown as { shiftsSeen: ShiftSeen[] }).shiftsSeen);
  return { screen, shift: shifts.reduce((sum, { value }) => sum + value, 0), moved: shifts.flatMap(({ moved }) => moved) };
}

async function signIn(page: Page, hat: 'worker' | 'contractor'): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[type=email]').fill(stage.muster.says(new RegExp(`Sign in as ${hat}: (\\S+)`)));
  await page.locator('input[type=password]').fill(stage.muster.says(new RegExp(`Sign in as ${hat}: \\S+ +(\\S+)`)));
  await page.locator('button[type=submit]').click();
  await page.locator('nav').waitFor();
}

describe('while it loads', () => {
  // At once: most of the time a page waits for the slow network, and the four have nothing to do with each other.
  it.concurrent.each([
    ['en', 'phone', { width: 360, height: 740 }],
    ['hi', 'phone', { width: 360, height: 740 }],
    ['en', 'desk', { width: 1440, height: 900 }],
    ['hi', 'desk', { width: 1440, height: 900 }],
  ] as const)('no screen in %s on a %s moves under the thumb', async (language, _size, viewport) => {
    const visits = (Object.keys(screens) as Visitor[]).map(async (visitor) => {
      const measured: Measured[] = [];
      // The service worker would answer for the network that is slowed down here.
      const context = await stage.browser.newContext({ baseURL: stage.muster.origin, viewport, locale: 'en-IN', timezoneId: 'Asia/Kolkata', serviceWorkers: 'block' });
      context.setDefaultTimeout(90_000);
      await context.addInitScript((chosen) => localStorage.setItem('muster.language', chosen), language);
      await context.addInitScript(watchShifts);
      const page = await context.newPage();
      if (visitor !== 'stranger') await signIn(page, visitor);
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      await devtools.send('Network.emulateNetworkConditions', NETWORK);
      const settled = settledPage(page, { live: visitor !== 'stranger' });
      for (const screen of screens[visitor]) measured.push(...(await measureScreen(page, settled, screen)));
      await context.close();
      return measured;
    });
    const measured = (await Promise.all(visits)).flat();
    expect(measured.filter(({ shift }) => shift > MOST_SHIFT)).toEqual([]);
  });
});
