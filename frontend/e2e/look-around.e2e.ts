import { describe, expect, it } from '@jest/globals';
import { setSharedStage } from './stage';

const stage = setSharedStage();

describe('looking around in the demo', () => {
  it('takes one tap on the first page in a browser that has opened the link of the terminal', async () => {
    const { page, complaints } = await stage.visit();
    expect(page.url()).toBe(`${stage.muster.origin}/`);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Look around as a contractor' }).click();
    await page.waitForURL(`${stage.muster.origin}/jobs`);
    await page.locator('h1').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows the crew of a job with names that stand apart on a phone', async () => {
    const { page, context } = await stage.visit();
    await page.goto('/dev/look-around/contractor');
    await page.locator('main a[href^="/jobs/0"]').first().click();
    for (const section of [0, 1]) await page.locator('main section:has(> ul)').nth(section).locator('> ul > li > span:nth-child(2)', { hasText: /\S/ }).nth(1).waitFor();
    // Where the words themselves end, whatever box they are in.
    const strips = await page.locator('main section > ul').evaluateAll((lists) =>
      lists.map((list) =>
        [...list.children].map((seat) => {
          const range = document.createRange();
          range.selectNodeContents(seat.children[1] ?? seat);
          const { left, right, width } = range.getBoundingClientRect();
          return { left, right, width };
        }),
      ),
    );
    const said = strips.map((names) => names.filter(({ width }) => width > 0));
    expect(said.map(({ length }) => length > 1)).toEqual([true, true]);
    for (const names of said) {
      for (const [index, { right }] of names.slice(0, -1).entries()) expect(right).toBeLessThanOrEqual(names[index + 1]?.left ?? 0);
    }
    await context.close();
  });

  it('takes the link that signs in, one time', async () => {
    const context = await stage.browser.newContext();
    const page = await context.newPage();
    const link = stage.muster.says(/^Look around as worker: (\S+)/m);
    await page.goto(link);
    await page.waitForURL(`${stage.muster.origin}/home`);
    const other = await (await stage.browser.newContext()).newPage();
    expect((await other.goto(link))?.status()).toBe(404);
  });

  it('is not offered to a browser that has opened no link', async () => {
    const page = await (await stage.browser.newContext()).newPage();
    await page.goto(stage.muster.origin);
    await page.getByRole('button', { name: 'हिन्दी' }).click();
    const told = page.waitForResponse((response) => response.url().endsWith('/dev/terminal'));
    await page.reload();
    await told;
    await page.getByRole('link', { name: 'शुरू करें' }).waitFor();
    expect(await page.getByText('बनकर देखें').count()).toBe(0);
  });
});
