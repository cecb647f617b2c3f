import type { Page } from 'playwright-core';

let counted = 0;
/** An address that nobody has used, also not in an earlier run on the same data. */
export function newEmail(name: string): string {
  counted += 1;
  return `${name}.${Date.now().toString(36)}${counted}@example.com`;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();

/** From the first screen to the choice of hats. The code is read where a person in standalone reads it. */
export async function signUp(page: Page, email: string): Promise<void> {
  await page.goto('/');
  await button(page, 'English').click();
  await page.getByRole('link', { name: 'Start' }).or(button(page, 'Start')).first().click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('three words together');
  await page.getByLabel('Day').fill('17');
  await page.getByLabel('Month').fill('5');
  await page.getByLabel('Year').fill('1990');
  await button(page, 'Send me a code').click();
  // The sixth digit sends it.
  await page.getByLabel('6-digit code').fill(await codeFor(page, email));
  await page.getByText('What brings you here?').waitFor();
}

/** Follows the link on the page to the outbox, as a person does, and waits there for the mail. */
async function codeFor(page: Page, email: string): Promise<string> {
  const href = await page.getByRole('link', { name: 'See the mail here' }).getAttribute('href');
  const outbox = await page.context().newPage();
  await outbox.goto(href ?? '');
  const text = await outbox.getByRole('article').filter({ hasText: email }).first().innerText();
  await outbox.close();
  const code = /\b(\d{6})\b/.exec(text)?.[1];
  if (!code) throw new Error(`no code in the mail to ${email}: ${text}`);
  return code;
}

export async function wear(page: Page, ...hats: string[]): Promise<void> {
  for (const hat of hats) await page.getByText(hat).first().click();
  await button(page, 'Continue').click();
}

export async function sayWhoHires(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name or your company’s').fill(name);
  await button(page, 'Save').click();
}

/** The worker's wizard: mason, skilled, near Nagpur, ₹900 a day, free on all days of the week. */
export async function makeProfile(page: Page, name: string, place: string): Promise<void> {
  await page.getByText('Mason', { exact: true }).first().click();
  await page.getByText('Skilled', { exact: true }).first().click();
  await button(page, 'Next').click();
  await page.getByPlaceholder('Nagpur, नागपुर …').fill(place);
  await page.getByRole('option', { name: /Nagpur/ }).first().click();
  await page.getByLabel('Your daily rate').fill('900');
  await button(page, 'Next').click();
  for (const day of ['Sunday']) {
    const toggle = page.getByRole('button', { name: new RegExp(day) }).first();
    if (await toggle.count() && (await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click();
  }
  await button(page, 'Next').click();
  await page.getByLabel('Your name').fill(name);
  await button(page, 'Save').click();
}

/** A job of two days for one mason near Nagpur, opened; ends on the job's page with the ranking. */
export async function describeJob(page: Page, title: string, pay: string): Promise<void> {
  await page.getByRole('link', { name: 'New job' }).or(button(page, 'New job')).first().click();
  await page.getByLabel('What is to be done?').fill(title);
  await page.getByPlaceholder('Nagpur, नागपुर …').fill('nagp');
  await page.getByRole('option', { name: /Nagpur/ }).first().click();
  const days = page.getByRole('button', { name: /: no work$/ });
  await days.nth(3).click();
  await days.nth(3).click();
  await page.getByRole('radio', { name: 'Mason', exact: true }).click();
  await page.getByLabel('Pay per day, ₹').fill(pay);
  await page.getByLabel('Notes for workers').fill('Lunch on site. Ask for Ravi at the mill gate, 98765 43210.');
  await button(page, 'Find workers').click();
}

export async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).first().click();
}
