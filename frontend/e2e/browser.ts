import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained about; a journey ends with none. */
  readonly complaints: string[];
}

/**
 * A phone of its own: nothing is shared with another visitor.
 *
 * @param link is opened first; without it the browser is a stranger's, who may not read the mail
 */
export async function visit(browser: Browser, origin: string, link?: string): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 360, height: 740 }, locale: 'en-IN', timezoneId: 'Asia/Kolkata' });
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
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
