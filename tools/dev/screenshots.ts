// `npm run screenshots -- --address http://127.0.0.1:3000 --worker mail:password --contractor mail:password`: a picture of every
// screen of a running Muster, in both languages, on phone and desk. After every change of a screen.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';

type Hat = 'worker' | 'contractor';
interface Shot { readonly name: string; readonly as?: Hat; readonly path: string; /** Brings the page from its address to what is to be seen. */ readonly act?: (page: Page) => Promise<void> }

const { values: options } = parseArgs({
  options: {
    address: { type: 'string', default: 'http://127.0.0.1:3000' }, out: { type: 'string', default: 'test-results/screens' }, worker: { type: 'string' }, contractor: { type: 'string' },
    only: { type: 'string', default: '' }, theme: { type: 'string', default: '' }, /** 2 shows the screens at 200 % text. */ text: { type: 'string', default: '1' },
  },
});
const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1440, height: 900 } } as const;
type Size = keyof typeof sizes;

const first = (...selectors: string[]) => async (page: Page) => {
  for (const selector of selectors) {
    await page.locator(selector).first().click({ timeout: 5000 });
    await settled(page);
  }
};
const submits = (times: number) => async (page: Page) => {
  for (let count = 0; count < times; count += 1) {
    await page.locator('button[type=submit]').first().click();
    await page.waitForTimeout(300);
  }
};
const job = 'main a[href^="/jobs/0"]';

const shots: readonly Shot[] = [
  { name: 'welcome', path: '/' }, { name: 'sign-up', path: '/sign-up' }, { name: 'sign-up-refused', path: '/sign-up', act: submits(1) }, { name: 'code', path: '/sign-up/code' }, { name: 'sign-in', path: '/sign-in' },
  ...['hats', 'home', 'work', 'chats', 'me', 'notices'].map((name): Shot => ({ name, as: 'worker', path: `/${name}` })),
  ...['trade', 'place', 'days', 'name'].map((name, index): Shot => ({ name: `profile-${name}`, as: 'worker', path: '/profile', act: submits(index) })),
  { name: 'invite', as: 'worker', path: '/home', act: first('article h2 a') },
  { name: 'conversation', as: 'worker', path: '/chats', act: first('main li a') },
  { name: 'contractor-profile', as: 'contractor', path: '/profile/contractor' }, { name: 'jobs', as: 'contractor', path: '/jobs' }, { name: 'find', as: 'contractor', path: '/find' },
  { name: 'new-job', as: 'contractor', path: '/jobs/new' }, { name: 'new-job-refused', as: 'contractor', path: '/jobs/new', act: submits(1) },
  { name: 'job', as: 'contractor', path: '/jobs', act: first(job) }, { name: 'job-score', as: 'contractor', path: '/jobs', act: first(job, 'details summary') },
];

export const launch = (): Promise<Browser> => chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--font-render-hinting=none'],
});

async function takeSet(browser: Browser, language: 'en' | 'hi', size: Size, as: Hat | undefined): Promise<number> {
  const wanted = shots.filter((shot) => shot.as === as && new RegExp(options.only).test(shot.name));
  const account = as && options[as];
  if (wanted.length === 0 || (as && !account)) return 0;
  const context = await browser.newContext({ viewport: sizes[size], locale: `${language}-IN`, timezoneId: 'Asia/Kolkata', reducedMotion: 'reduce' });
  await context.addInitScript(({ chosen, theme, scale }) => {
    localStorage.setItem('muster.language', chosen);
    if (theme) localStorage.setItem('muster.theme', theme);
    if (scale !== 1) addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = `${scale * 100}%`));
  }, { chosen: language, theme: options.theme, scale: Number(options.text) });
  const page = await context.newPage();
  const complain = (what: string): void => console.error(`${language} ${size} ${page.url()}: ${what}`);
  page.on('pageerror', (error) => complain(error.message));
  page.on('console', (message) => message.type() === 'error' && complain(message.text()));
  if (account) await signIn(page, account);
  let taken = 0;
  for (const { name, path, act } of wanted) {
    try {
      await page.goto(options.address + path);
      await settled(page);
      await act?.(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) complain(`${name} is ${wide} px wider than the screen`);
      // A phone is made as long as its page, so that what sticks to the bottom is at the bottom of the picture.
      const { width, height } = sizes[size];
      if (size === 'phone') await page.setViewportSize({ width, height: Math.max(height, await page.evaluate(() => document.documentElement.scrollHeight)) });
      await page.waitForTimeout(100);
      await page.screenshot({ path: join(options.out, `${name}.${language}.${size}.png`) });
      await page.setViewportSize({ width, height });
      taken += 1;
    } catch (error) {
      complain(`${name}: ${String(error).split('\n')[0]}`);
    }
  }
  await context.close();
  return taken;
}

async function signIn(page: Page, account: string): Promise<void> {
  const [email = '', ...password] = account.split(':');
  await page.goto(`${options.address}/sign-in`);
  await page.fill('input[type=email]', email);
  await page.fill('input[type=password]', password.join(':'));
  await page.click('button[type=submit]');
  await page.waitForSelector('nav');
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.waitForFunction(() => document.querySelector('#root')?.childElementCount !== 0);
  await page.waitForTimeout(350);
  await page.waitForFunction(() => document.querySelector('[role=status][aria-label]') === null, undefined, { timeout: 5000 }).catch(() => undefined);
}

async function takeAll(): Promise<void> {
  mkdirSync(options.out, { recursive: true });
  const browser = await launch();
  let taken = 0;
  for (const language of ['en', 'hi'] as const) for (const size of ['phone', 'desk'] as const) for (const as of [undefined, 'worker', 'contractor'] as const) taken += await takeSet(browser, language, size, as);
  await browser.close();
  console.log(`${taken} pictures in ${options.out}`);
}

if (require.main === module) void takeAll();
