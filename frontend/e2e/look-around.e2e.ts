import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, visit } from './browser';
import { Muster } from './muster';

let muster: Muster;
let browser: Browser;

beforeAll(async () => {
  [muster, browser] = await Promise.all([Muster.start('--demo'), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await muster?.stop();
});

describe('looking around in the demo', () => {
  it('takes one tap on the first page in a browser that has opened the link of the terminal', async () => {
    const { page, complaints } = await visit(browser, muster.origin);
    expect(page.url()).toBe(`${muster.origin}/`);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Look around as a contractor' }).click();
    await page.waitForURL(`${muster.origin}/jobs`);
    await page.locator('h1').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('takes the link that signs in, one time', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const link = muster.says(/^Look around as worker: (\S+)/m);
    await page.goto(link);
    await page.waitForURL(`${muster.origin}/home`);
    const other = await (await browser.newContext()).newPage();
    expect((await other.goto(link))?.status()).toBe(404);
  });

  it('is not offered to a browser that has opened no link', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(muster.origin);
    await page.getByRole('button', { name: 'हिन्दी' }).click();
    const told = page.waitForResponse((response) => response.url().endsWith('/dev/terminal'));
    await page.reload();
    await told;
    await page.getByRole('link', { name: 'शुरू करें' }).waitFor();
    expect(await page.getByText('बनकर देखें').count()).toBe(0);
  });
});
