import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { visit, type Visitor } from './browser';
import { setSharedStage } from './stage';
import { describeJob, newEmail, openTab, sayWhoHires, signUp, wear } from './steps';

const stage = setSharedStage();
let visitor: Visitor;
const email = newEmail('shell');

beforeAll(async () => {
  visitor = await stage.visit();
});

/** The page is kept on the device from here on. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const { controller } = navigator.serviceWorker;
    if (!controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  });
}

describe('the page on the device', () => {
  it('can be installed: Chrome has nothing against it', async () => {
    await visitor.page.goto('/');
    await kept(visitor.page);
    const devtools = await visitor.context.newCDPSession(visitor.page);
    const { errors } = await devtools.send('Page.getAppManifest');
    // A private window, which a test's context is, can never install: nothing else may be in the way.
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    expect([errors, installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')]).toEqual([[], []]);
  });

  it('is still Muster when it is loaded again without network', async () => {
    await visitor.context.setOffline(true);
    for (const path of ['/', '/sign-up']) {
      await visitor.page.goto(path);
      await visitor.page.locator('h1').waitFor();
    }
    await visitor.context.setOffline(false);
  });
});

describe('the way through the first minutes', () => {
  it('leaves nothing behind it that Back leads to: two steps back is out', async () => {
    await visitor.page.goto('about:blank');
    await signUp(visitor.page, email);
    await wear(visitor.page, 'I need workers');
    await sayWhoHires(visitor.page, 'Deshmukh Builders');
    await visitor.page.waitForURL('**/jobs');
    const devtools = await visitor.context.newCDPSession(visitor.page);
    const { currentIndex, entries } = await devtools.send('Page.getNavigationHistory');
    const behind = entries.slice(0, currentIndex).map(({ url }) => url).reverse();
    const out = behind.indexOf('about:blank');
    expect([0, 1]).toContain(out);
    for (const url of behind.slice(0, out + 1)) {
      await visitor.page.goBack({ waitUntil: 'commit' });
      await visitor.page.waitForURL(url);
    }
    await visitor.page.goto('/');
    await visitor.page.waitForURL('**/jobs');
  });

  it('brings the focus to the title of each screen that is gone to', async () => {
    for (const tab of ['Find', 'Chats', 'Jobs']) {
      await openTab(visitor.page, tab);
      await visitor.page.waitForFunction(() => document.activeElement?.tagName === 'H1');
      expect(await visitor.page.evaluate(() => document.activeElement?.textContent)).toBe(await visitor.page.locator('main h1').first().innerText());
    }
  });
});

describe('a screen whose answers come late', () => {
  it('has the focus on its title when all of it is there', async () => {
    await openTab(visitor.page, 'Jobs');
    await describeJob(visitor.page, 'Wall of the late answer', '950');
    await visitor.page.waitForURL(/\/jobs\/0/);
    await visitor.page.goto('/jobs');
    let answer: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (answer = resolve));
    await visitor.page.route(/\/api\/v1\/matching\/jobs\/0[^/]*$/, async (route) => {
      await late;
      await route.continue();
    });
    await visitor.page.getByText('Wall of the late answer').first().click();
    await visitor.page.waitForFunction(() => document.activeElement?.tagName === 'H1' && !document.activeElement.textContent?.includes('Wall'));
    answer();
    await visitor.page.getByRole('heading', { name: 'Wall of the late answer' }).waitFor();
    expect(await visitor.page.evaluate(() => document.activeElement?.textContent)).toBe('Wall of the late answer');
    await visitor.page.unroute(/\/api\/v1\/matching\/jobs\/0[^/]*$/);
  });
});

describe('without network', () => {
  it('opens a screen that was never visited, and loads nothing again', async () => {
    await visitor.page.goto('/jobs');
    await visitor.page.locator('h1').waitFor();
    await kept(visitor.page);
    await visitor.page.evaluate(() => Object.assign(window, { sameLoad: true }));
    await visitor.context.setOffline(true);
    await openTab(visitor.page, 'Profile');
    await visitor.page.getByRole('button', { name: 'Sign out', exact: true }).waitFor();
    expect(await visitor.page.evaluate(() => 'sameLoad' in window)).toBe(true);
  });

  it('starts again to where it was once there is network, and says what it waits for', async () => {
    await visitor.page.reload();
    // Which of the two depends on whether the browser knows that it is offline; a tunnel often does not tell.
    await visitor.page.getByText(/No network|We keep trying/).first().waitFor();
    await visitor.context.setOffline(false);
    await visitor.page.getByRole('button', { name: 'Sign out', exact: true }).waitFor();
  });

  it('keeps no answer of a service on the device', async () => {
    const addresses = await visitor.page.evaluate(async () => {
      const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      const requests = (await Promise.all(caches_.map((cache) => cache.keys()))).flat();
      return requests.map(({ url }) => new URL(url).pathname);
    });
    expect(addresses).toContain('/index.html');
    expect(addresses.filter((path) => /^\/(api|ws)/.test(path))).toEqual([]);
  });
});

describe('what happened before the first socket', () => {
  it('is on the screen once the socket is there, though nobody sent a hint of it', async () => {
    const late = await stage.browser.newContext({ baseURL: stage.muster.origin, locale: 'en-IN', timezoneId: 'Asia/Kolkata', serviceWorkers: 'block' });
    const page = await late.newPage();
    let ticketsAsked = 0;
    let letThrough: () => void = () => undefined;
    const happened = new Promise<void>((resolve) => (letThrough = resolve));
    // The first try for a ticket fails, the others arrive after what happened.
    await page.route('**/socket-tickets', async (route) => {
      ticketsAsked += 1;
      if (ticketsAsked === 1) return route.abort();
      await happened;
      return route.continue();
    });
    await page.goto('/sign-in');
    await signIn(page);
    await page.getByRole('heading', { name: 'Jobs' }).waitFor();
    await page.waitForLoadState('networkidle');
    await openTab(visitor.page, 'Jobs');
    await describeJob(visitor.page, 'Wall of the late socket', '950');
    await visitor.page.waitForURL(/\/jobs\/0/);
    expect(await page.getByText('Wall of the late socket').count()).toBe(0);
    letThrough();
    await page.getByText('Wall of the late socket').first().waitFor();
    await late.close();
  });
});

describe('a session', () => {
  it('that is ended on another device leads to the sign-in page, which says so and leads back', async () => {
    const other = await stage.visit();
    await other.page.goto('/sign-in');
    await signIn(other.page);
    await visitor.page.goto('/find');
    await visitor.page.locator('h1').waitFor();
    await openTab(other.page, 'Profile');
    const others = other.page.getByRole('button', { name: 'Sign out there' });
    for (await others.first().waitFor(); (await others.count()) > 0; ) {
      const left = await others.count();
      await others.first().click();
      await other.page.waitForFunction((before) => [...document.querySelectorAll('button')].filter(({ textContent }) => textContent === 'Sign out there').length < before, left);
    }
    await visitor.page.waitForURL('**/sign-in?**');
    await visitor.page.getByText(/signed out/).waitFor();
    await other.context.close();
    await signIn(visitor.page);
    await visitor.page.waitForURL('**/find');
  });

  it('takes everything of the person along when they sign out', async () => {
    await openTab(visitor.page, 'Profile');
    await visitor.page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await visitor.page.waitForURL('**/');
    const left = await visitor.page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => key.startsWith('muster.')));
    expect(left.filter((key) => !['muster.language', 'muster.theme', 'muster.hat'].includes(key))).toEqual([]);
    await visitor.page.goBack();
    // Whatever screen Back leads to, it asks for a sign-in first.
    await visitor.page.getByLabel('Password').waitFor();
    expect(await visitor.page.locator('main').innerText()).not.toContain(email);
  });

  it('made no page complain', () => {
    // A request that the network did not carry is no fault of the page.
    expect(visitor.complaints.filter((words) => !/ERR_INTERNET_DISCONNECTED|WebSocket/.test(words))).toEqual([]);
  });
});

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('three words together');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('nav').waitFor();
}

describe('the service worker', () => {
  let folder: string;
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'muster-web-'));
    cpSync(join(__dirname, '..', 'dist'), folder, { recursive: true });
    const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', html: 'text/html' };
    server = createServer(({ url = '/' }, response) => {
      const path = join(folder, url === '/' ? 'index.html' : url);
      if (!existsSync(path)) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream', 'cache-control': 'no-cache' });
      response.end(readFileSync(path));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is withdrawn by an empty file in its place', async () => {
    const { context, page } = await visit(stage.browser, origin);
    await page.goto('/');
    await kept(page);
    writeFileSync(join(folder, 'sw.js'), '');
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update().then(() => undefined));
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null);
    await page.close();
    // The last tab has closed: from now on the network alone answers.
    const next = await context.newPage();
    await next.goto('/');
    await context.setOffline(true);
    await expect(next.goto('/')).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/);
    await context.close();
  });
});

describe('an old browser', () => {
  it('goes the whole way without what is younger than the oldest that Muster serves', async () => {
    const old = await stage.visit();
    await old.context.addInitScript(() => {
      // Chrome 111 and Safari 16.4 have none of these.
      const missing: Array<[object, string]> = [
        [AbortSignal, 'any'], [URLSearchParams.prototype, 'size'], [Promise, 'withResolvers'], [Promise, 'try'], [Object, 'groupBy'], [Map, 'groupBy'],
        [Array, 'fromAsync'], [Set.prototype, 'union'], [Set.prototype, 'intersection'], [Set.prototype, 'difference'], [Set.prototype, 'isSubsetOf'],
        [String.prototype, 'isWellFormed'], [String.prototype, 'toWellFormed'], [URL, 'canParse'], [URL, 'parse'], [Response, 'json'],
        [Document.prototype, 'startViewTransition'], [window, 'requestIdleCallback'], [window, 'cancelIdleCallback'], [window, 'navigation'], [window, 'scheduler'],
      ];
      for (const [holder, name] of missing) delete (holder as Record<string, unknown>)[name];
    });
    await signUp(old.page, newEmail('old'));
    await wear(old.page, 'I need workers');
    await sayWhoHires(old.page, 'Deshmukh Builders');
    await old.page.waitForURL('**/jobs');
    await openTab(old.page, 'Find');
    await old.page.getByPlaceholder('Nagpur, नागपुर …').fill('nagp');
    await old.page.getByRole('option', { name: /Nagpur/ }).first().waitFor();
    expect(old.complaints).toEqual([]);
    await old.context.close();
  });

  it('older than that is told so in both languages, and sees no broken page', async () => {
    const tooOld = await stage.visit();
    await tooOld.context.addInitScript(() => {
      CSS.supports = () => false;
    });
    await tooOld.page.goto('/');
    await tooOld.page.getByText('too old for Muster').waitFor();
    await tooOld.page.getByText('बहुत पुराना').waitFor();
    expect(await tooOld.page.locator('h1').count()).toBe(0);
    await tooOld.context.close();
  });
});
