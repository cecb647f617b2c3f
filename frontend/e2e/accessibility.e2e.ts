import AxeBuilder from '@axe-core/playwright';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Visitor } from './browser';
import { setSharedStage } from './stage';
import { makeProfile, newEmail, sayWhoHires, signUp, wear } from './steps';

const stage = setSharedStage();
let visitor: Visitor;

beforeAll(async () => {
  visitor = await stage.visit();
});

/** What axe calls serious or critical, as `rule: selector`. Legacy mode opens no second page a time; only frames of other origins need one. */
async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

const strangers = ['/', '/sign-up', '/sign-in', '/dev/outbox'];
const members = ['/', '/work', '/chats', '/me', '/profile', '/notices', '/jobs', '/jobs/new', '/find'];

describe('a screen reader’s way', () => {
  it('is open on every page before the sign-in', async () => {
    for (const path of strangers) {
      await visitor.page.goto(path);
      await visitor.page.locator('h1').first().waitFor();
      expect({ path, serious: await serious(visitor.page) }).toEqual({ path, serious: [] });
    }
  });

  it('is open on every page behind it, under both hats and in Hindi too', async () => {
    await signUp(visitor.page, newEmail('both'));
    await wear(visitor.page, 'I look for work', 'I need workers');
    await makeProfile(visitor.page, 'Asha Pawar', 'nagp');
    await visitor.page.getByText('Hello Asha Pawar').waitFor();
    await visitor.page.goto('/profile/contractor');
    await sayWhoHires(visitor.page, 'Asha Constructions');
    for (const language of ['en', 'hi']) {
      await visitor.page.evaluate((chosen) => localStorage.setItem('muster.language', chosen), language);
      for (const path of members) {
        await visitor.page.goto(path);
        await visitor.page.locator('h1').first().waitFor();
        expect({ language, path, serious: await serious(visitor.page) }).toEqual({ language, path, serious: [] });
      }
    }
  });

  it('is checked by something that can fail: a button without a name is found', async () => {
    await visitor.page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
    expect(await serious(visitor.page)).not.toEqual([]);
  });
});
