import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Visitor } from './browser';
import { drawTwoFrames } from './settled-page';
import { setOwnStage } from './stage';
import { describeJob, makeProfile, newEmail, openTab, sayWhoHires, signUp, wear } from './steps';

const stage = setOwnStage();
let worker: Visitor;
let contractor: Visitor;

beforeAll(async () => {
  [worker, contractor] = await Promise.all([stage.visit(), stage.visit()]);
});

describe('the thread, in two browsers', () => {
  it('signs a worker up, who says trade, place, rate and days', async () => {
    await signUp(worker.page, newEmail('worker'));
    await wear(worker.page, 'I look for work');
    await makeProfile(worker.page, 'Ramesh Yadav', 'नागप');
    await worker.page.getByText('Hello Ramesh Yadav').waitFor();
    await worker.page.getByText('No invites right now').waitFor();
  });

  it('signs a contractor up, who describes a job and at once sees who can come, with the reasons', async () => {
    await signUp(contractor.page, newEmail('contractor'));
    await wear(contractor.page, 'I need workers');
    await sayWhoHires(contractor.page, 'Deshmukh Builders');
    await describeJob(contractor.page, 'Compound wall at Wardha Road', '950');
    await contractor.page.getByText('Ramesh Yadav').first().waitFor();
    await contractor.page.getByText('Exactly this trade').first().waitFor();
  });

  it('asks one person by two taps on one spot, and moves nothing by it', async () => {
    const invite = contractor.page.getByRole('button', { name: 'Invite', exact: true });
    await invite.scrollIntoViewIfNeeded();
    const before = await invite.boundingBox();
    const [x, y] = [(before?.x ?? 0) + 20, (before?.y ?? 0) + 20];
    await contractor.page.mouse.click(x, y);
    const asked = contractor.page.getByRole('button', { name: 'Asked · Undo' });
    await asked.waitFor();
    await contractor.page.mouse.click(x, y);
    await contractor.page.getByText('Waiting for 1 answer').waitFor();
    expect(await asked.boundingBox()).toEqual(before);
  });

  it('brings the invite to the worker without a reload, with pay, place, dates and the time left', async () => {
    const card = worker.page.getByText('Compound wall at Wardha Road').first();
    await card.waitFor();
    await card.click();
    await worker.page.getByRole('button', { name: 'I’m coming' }).first().waitFor();
    const text = await worker.page.locator('main').innerText();
    expect(text).toContain('950');
    expect(text).toMatch(/km/);
    expect(text).toContain('Nagpur');
    expect(text).toMatch(/left/);
    // What one side writes for the other is seen by the other, and its number can be called.
    expect(text).toContain('Ask for Ravi at the mill gate');
    expect(await worker.page.getByRole('link', { name: '98765 43210' }).first().getAttribute('href')).toBe('tel:9876543210');
  });

  it('lets them write to each other, live', async () => {
    await worker.page.getByRole('link', { name: 'Ask first' }).or(worker.page.getByRole('button', { name: 'Ask first' })).first().click();
    await worker.page.getByLabel('Write a message').fill('When shall I be there?');
    await worker.page.getByRole('button', { name: 'Send', exact: true }).click();
    await openTab(contractor.page, 'Chats');
    await contractor.page.getByText('When shall I be there?').first().click();
    await contractor.page.getByLabel('Write a message').fill('At nine, bring your level. धन्यवाद');
    await contractor.page.getByRole('button', { name: 'Send', exact: true }).click();
    await worker.page.locator('main').getByText('At nine, bring your level. धन्यवाद').waitFor();
  });

  it('fills the slot on the contractor’s screen when the worker says yes with one tap', async () => {
    await openTab(contractor.page, 'Jobs');
    await contractor.page.getByText('Compound wall at Wardha Road').first().click();
    await contractor.page.getByText('Waiting for 1 answer').waitFor();
    await worker.page.goBack();
    await worker.page.getByRole('button', { name: 'I’m coming' }).first().click();
    await worker.page.getByText(/You’re on/).first().waitFor();
    await contractor.page.getByText(/Crew complete|Said yes/).first().waitFor();
    await openTab(worker.page, 'Work');
    await worker.page.getByText(/Ask for Ravi at the mill gate/).first().waitFor();
  });

  it('has everything still there after a reload and after a restart of the whole product', async () => {
    await stage.muster.restart();
    await Promise.all([worker.page.goto('/'), contractor.page.goto('/')]);
    await openTab(worker.page, 'Work');
    await worker.page.getByText('Compound wall at Wardha Road').first().waitFor();
    await openTab(contractor.page, 'Chats');
    await contractor.page.getByText(/bring your level/).first().waitFor();
    await openTab(contractor.page, 'Jobs');
    await contractor.page.getByText('Crew complete').first().waitFor();
  });

  it('stays readable on a phone whose letters are twice as large', async () => {
    const stranger = await stage.visit();
    const larger = (page: Page) => page.evaluate(() => void (document.documentElement.style.fontSize = '200%'));
    /** Which of the words are cut off, and the shares of the screen of what stands over the content and is too tall for it. */
    const seen = (page: Page, words: readonly string[]) =>
      page.evaluate((wanted) => {
        const isCut = ({ scrollWidth, clientWidth, scrollHeight, clientHeight }: Element) => scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
        const leaves = [...document.querySelectorAll('span')].filter(({ children, textContent }) => children.length === 0 && wanted.includes(textContent ?? ''));
        const over = [...document.querySelectorAll('main > div')].filter((element) => getComputedStyle(element).position === 'sticky');
        return {
          missing: wanted.filter((word) => !leaves.some(({ textContent }) => textContent === word)),
          cut: leaves.filter((leaf) => isCut(leaf)).map(({ textContent }) => textContent),
          tall: over.map(({ clientHeight }) => clientHeight / innerHeight).filter((share) => share > 0.3),
        };
      }, words);
    await openTab(contractor.page, 'Chats');
    await contractor.page.getByText('Ramesh Yadav').first().waitFor();
    await stranger.page.goto('/sign-in');
    await stranger.page.getByRole('button', { name: 'Sign in' }).waitFor();
    for (const [page, words] of [[contractor.page, ['Jobs', 'Find', 'Chats', 'Profile', 'Ramesh Yadav']], [stranger.page, []]] as const) {
      await larger(page);
      await page.waitForFunction(() => getComputedStyle(document.body).fontSize === '32px');
      // In the first frame the page measures what has grown, in the second it has drawn what follows from that.
      await drawTwoFrames(page);
      expect(await seen(page, words)).toEqual({ missing: [], cut: [], tall: [] });
    }
    await stranger.context.close();
  });

  it('made no page complain', () => {
    expect([...worker.complaints, ...contractor.complaints]).toEqual([]);
  });
});
