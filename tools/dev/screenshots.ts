// Takes a picture of every screen of a running Muster, both languages, phone and desk: `node --conditions=source -r ./tools/ts.cjs tools/dev/screenshots.ts --address http://127.0.0.1:3000 --worker mail:password --contractor mail:password`. After every change of a screen.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

interface Shot {
  name: string;
  as?: 'worker' | 'contractor';
  path: string;
  /** Brings the page from its address to what is to be seen. */
  act?: (page: Page) => Promise<void>;
}

const languages = ['en', 'hi'] as const;
const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1440, height: 900 } } as const;

const first = (selector: string) => async (page: Page) => {
  await page.locator(selector).first().click({ timeout: 5000 });
  await settled(page);
};
const submit = async (page: Page) => {
  await page.locator('button[type=submit]').first().click();
  await page.waitForTimeout(300);
};

export const shots: readonly Shot[] = [
  { name: 'welcome', path: '/' },
  { name: 'sign-up', path: '/sign-up' },
  { name: 'sign-up-refused', path: '/sign-up', act: submit },
  { name: 'code', path: '/sign-up/code' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'hats', as: 'worker', path: '/hats' },
  { name: 'home', as: 'worker', path: '/home' },
  { name: 'work', as: 'worker', path: '/work' },
  { name: 'invite', as: 'worker', path: '/home', act: first('article h2 a') },
  { name: 'profile-trade', as: 'worker', path: '/profile' },
  { name: 'profile-place', as: 'worker', path: '/profile', act: submit },
  { name: 'profile-days', as: 'worker', path: '/profile', act: async (page) => { await submit(page); await submit(page); } },
  { name: 'profile-name', as: 'worker', path: '/profile', act: async (page) => { await submit(page); await submit(page); await submit(page); } },
  { name: 'chats', as: 'worker', path: '/chats' },
  { name: 'conversation', as: 'worker', path: '/chats', act: first('main li a') },
  { name: 'me', as: 'worker', path: '/me' },
  { name: 'notices', as: 'worker', path: '/notices' },
  { name: 'contractor-profile', as: 'contractor', path: '/profile/contractor' },
  { name: 'jobs', as: 'contractor', path: '/jobs' },
  { name: 'new-job', as: 'contractor', path: '/jobs/new' },
  { name: 'new-job-refused', as: 'contractor', path: '/jobs/new', act: submit },
  { name: 'job', as: 'contractor', path: '/jobs', act: first('main a[href^="/jobs/0"]') },
  { name: 'job-score', as: 'contractor', path: '/jobs', act: async (page) => { await first('main a[href^="/jobs/0"]')(page); await first('details summary')(page); } },
  { name: 'find', as: 'contractor', path: '/find' },
];

export interface Options {
  address: string;
  out: string;
  accounts: Partial<Record<'worker' | 'contractor', { email: string; password: string }>>;
  only?: RegExp;
  /** 2 shows the screens at 200 % text. */
  textScale?: number;
  theme?: string;
}

export const browserFlags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--font-render-hinting=none'];

export async function takeAll(options: Options): Promise<number> {
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: browserFlags });
  let taken = 0;
  try {
    for (const language of languages) {
      for (const size of Object.keys(sizes) as Array<keyof typeof sizes>) taken += await takeSet(browser, language, size, options);
    }
  } finally {
    await browser.close();
  }
  return taken;
}

async function takeSet(browser: Browser, language: string, size: keyof typeof sizes, options: Options): Promise<number> {
  let taken = 0;
  for (const as of [undefined, 'worker', 'contractor'] as const) {
    const wanted = shots.filter((shot) => shot.as === as && (options.only?.test(shot.name) ?? true));
    const account = as && options.accounts[as];
    if (wanted.length === 0 || (as && !account)) continue;
    const context = await browser.newContext({ viewport: sizes[size], locale: language === 'hi' ? 'hi-IN' : 'en-IN', timezoneId: 'Asia/Kolkata', reducedMotion: 'reduce' });
    const stored = { language, theme: options.theme ?? '', scale: options.textScale ?? 1 };
    await context.addInitScript(({ language: chosen, theme, scale }) => {
      localStorage.setItem('muster.language', chosen);
      if (theme) localStorage.setItem('muster.theme', theme);
      if (scale !== 1) addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = `${scale * 100}%`));
    }, stored);
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`${language} ${size} ${page.url()}: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && console.error(`${language} ${size} ${page.url()}: ${message.text()}`));
    if (account) await signIn(page, options.address, account);
    for (const shot of wanted) {
      try {
        await page.goto(options.address + shot.path);
        await settled(page);
        await shot.act?.(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) console.error(`${shot.name} ${language} ${size}: ${wide} px wider than the screen`);
        await photograph(page, size, join(options.out, `${shot.name}.${language}.${size}.png`));
        taken += 1;
      } catch (error) {
        console.error(`${shot.name} ${language} ${size}: ${String(error).split('\n')[0]}`);
      }
    }
    await context.close();
  }
  return taken;
}

/** A phone is made as long as its page, so that what sticks to the bottom is at the bottom of the picture. */
async function photograph(page: Page, size: keyof typeof sizes, path: string): Promise<void> {
  const { width, height } = sizes[size];
  if (size === 'phone') {
    await page.setViewportSize({ width, height: Math.max(height, await page.evaluate(() => document.documentElement.scrollHeight)) });
    await page.waitForTimeout(100);
  }
  await page.screenshot({ path });
  await page.setViewportSize({ width, height });
}

async function signIn(page: Page, address: string, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto(`${address}/sign-in`);
  await page.fill('input[type=email]', email);
  await page.fill('input[type=password]', password);
  await page.click('button[type=submit]');
  await page.waitForSelector('nav');
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.waitForFunction(() => document.querySelector('#root')?.childElementCount !== 0);
  await page.waitForTimeout(350);
  await page.waitForFunction(() => document.querySelector('[role=status][aria-label]') === null, undefined, { timeout: 5000 }).catch(() => undefined);
}

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

function accountOf(text: string | undefined): { email: string; password: string } | undefined {
  const [email, ...password] = text?.split(':') ?? [];
  return email ? { email, password: password.join(':') } : undefined;
}

if (require.main === module) {
  const worker = accountOf(argument('worker'));
  const contractor = accountOf(argument('contractor'));
  const only = argument('only');
  const theme = argument('theme');
  const out = argument('out') ?? 'test-results/screens';
  mkdirSync(out, { recursive: true });
  void takeAll({
    address: argument('address') ?? 'http://127.0.0.1:3000',
    out,
    accounts: { ...(worker && { worker }), ...(contractor && { contractor }) },
    ...(only && { only: new RegExp(only) }),
    ...(theme && { theme }),
    textScale: Number(argument('text') ?? 1),
  }).then((taken) => console.log(`${taken} pictures in ${out}`));
}
