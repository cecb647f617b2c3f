import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { Muster } from './muster';

/** Debian's Chromium unless CHROMIUM says another; what it would fetch in the background is switched off. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
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

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained about; a journey ends with none. */
  readonly complaints: string[];
}

/** A phone of its own: nothing is shared with another visitor. */
export async function visit(browser: Browser, origin: string): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 360, height: 740 }, locale: 'en-IN', timezoneId: 'Asia/Kolkata' });
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  const link = Muster.linkAt(origin);
  if (link) await page.goto(link);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  page.on('response', (response) => {
    // 503 is how a busy or restarting Muster asks for patience, and the page has it.
    if (response.status() >= 500 && response.status() !== 503) complaints.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  return { context, page, complaints };
}
