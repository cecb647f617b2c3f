/** @jest-environment jsdom */
import { describe, expect, it, jest } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { NewJobPage } from '../src/features/hire/new-job-page';
import { contractorProfile, job, JOB, NAGPUR } from './examples';
import { createMemory, ME, openScreen } from './screen';
import { refusal, type Answers } from './services';

const answers: Answers = {
  'user.readContractorProfile': contractorProfile,
  'user.searchPlaces': { items: [NAGPUR] },
  'matching.describeJob': { ...job, state: 'draft', version: 1 },
  'matching.openJob': job,
};
const open = (more: Answers = {}, storage = createMemory()) => openScreen(<NewJobPage />, { at: '/jobs/new', as: ['contractor'], answers: { ...answers, ...more }, storage });
type User = Awaited<ReturnType<typeof open>>['user'];
const findWorkers = (user: User) => user.click(screen.getByRole('button', { name: 'Find workers' }));

async function fillIn(user: User, pay: string): Promise<void> {
  await user.type(await screen.findByLabelText('What is to be done?'), 'Compound wall');
  await user.type(screen.getByLabelText('Where?'), 'nagp');
  await user.click(await screen.findByRole('option', { name: /Nagpur/ }));
  await user.click(screen.getByRole('button', { name: 'Wed, 2 Dec: no work' }));
  await user.click(screen.getByRole('button', { name: 'Tue, 1 Dec: no work' }));
  await user.click(screen.getByRole('radio', { name: 'Mason' }));
  await user.type(screen.getByLabelText('Pay per day, ₹'), pay);
}

const line = {
  trade: 'mason', minimumLevel: 2, count: 1, days: ['2026-12-01', '2026-12-02'], startsAt: '09:00', endsAt: '18:00',
  pay: { amount: 95_000, currency: 'INR', basis: 'day' },
};
const body = { title: 'Compound wall', description: null, placeId: NAGPUR.placeId, lines: [line] };

describe('describing a job', () => {
  it('sends what was typed, opens the job and goes to it', async () => {
    const { services, user, address, storage } = await open();
    await fillIn(user, '950');
    await findWorkers(user);
    await waitFor(() => expect(address()).toBe(`/jobs/${JOB}`));
    expect(services.bodiesOf('matching.describeJob')).toEqual([body]);
    expect(services.sent.filter(({ route }) => route === 'matching.openJob')).toMatchObject([{ params: { jobId: JOB } }]);
    expect(storage.names('draft.')).toEqual([]);
  });

  it('sends a second trade as a line of its own, on the same days', async () => {
    const { services, user } = await open();
    await fillIn(user, '950');
    await user.click(screen.getByRole('button', { name: 'Another trade' }));
    await user.click(screen.getByRole('radio', { name: 'Painter' }));
    await user.type(screen.getAllByLabelText('Pay per day, ₹')[1] as HTMLElement, '800');
    await findWorkers(user);
    await waitFor(() => expect(services.bodiesOf('matching.describeJob')).toHaveLength(1));
    const painters = { ...line, trade: 'painter', pay: { ...line.pay, amount: 80_000 } };
    expect(services.bodiesOf('matching.describeJob')).toEqual([{ ...body, lines: [line, painters] }]);
  });

  it('sends nothing while something is missing, says what at each field and goes to the first', async () => {
    const { services, user } = await open();
    await screen.findByLabelText('What is to be done?');
    await findWorkers(user);
    await screen.findByText('A few things need your attention. They are marked.');
    for (const words of ['Please fill this in', 'Choose a place from the list.', 'Choose at least one day.', 'Choose a trade.', 'Enter an amount in rupees.']) screen.getByText(words);
    expect(document.activeElement).toBe(screen.getByLabelText('What is to be done?'));
    expect(services.bodiesOf('matching.describeJob')).toEqual([]);
  });

  it('asks once whether unusual pay is meant, and takes a second press for yes', async () => {
    const { services, user } = await open();
    await fillIn(user, '120');
    await findWorkers(user);
    await screen.findByText('₹120 per day: is that what you mean? Press again if it is.');
    expect(services.bodiesOf('matching.describeJob')).toEqual([]);
    await findWorkers(user);
    await waitFor(() => expect(services.bodiesOf('matching.describeJob')).toMatchObject([{ lines: [{ pay: { amount: 12_000 } }] }]));
  });

  it('refuses pay that can only be a slip, at its field', async () => {
    const { services, user } = await open();
    await fillIn(user, '9');
    await findWorkers(user);
    await screen.findByText('Pay per day is from ₹100 to ₹20,000.');
    expect(document.activeElement).toBe(screen.getByLabelText('Pay per day, ₹'));
    expect(services.bodiesOf('matching.describeJob')).toEqual([]);
  });

  it('puts what the service refuses at the field that shows it', async () => {
    const refused = () => refusal('matching.day_in_the_past', { '/body/lines/0/days/0': 'day_in_the_past' }, { date: '2026-12-01' });
    const { user } = await open({ 'matching.describeJob': refused });
    await fillIn(user, '950');
    await findWorkers(user);
    await screen.findByText('Work on this day has begun already.');
    screen.getByText(/Work on one of the days would have begun already/);
  });

  it('goes to the first field that the service refuses, and says beside the button that it was refused', async () => {
    const refused = () => refusal('platform.invalid_request', { '/body/lines/0/pay/amount': 'too_big' });
    const { user } = await open({ 'matching.describeJob': refused });
    await fillIn(user, '950');
    const intoSight = jest.spyOn(Element.prototype, 'scrollIntoView');
    await findWorkers(user);
    const pay = screen.getByLabelText('Pay per day, ₹');
    await waitFor(() => expect(document.activeElement).toBe(pay));
    expect(intoSight.mock.contexts.at(-1)).toBe(pay.closest('[data-fault]'));
    const banner = screen.getAllByRole('alert').find((alert) => alert.hasAttribute('data-refusal'));
    expect(banner?.parentElement?.contains(screen.getByRole('button', { name: 'Find workers' }))).toBe(true);
  });

  it('takes twelve trades, and then says why there is no button for another', async () => {
    const storage = createMemory();
    const trade = { trade: 'mason', minimumLevel: 2, count: 1, pay: '950' };
    storage.write(`draft.job.${ME}`, JSON.stringify({ lines: Array.from({ length: 11 }, () => trade) }));
    const { user } = await open({}, storage);
    await user.click(await screen.findByRole('button', { name: 'Another trade' }));
    await screen.findByText('A job has 12 trades at most. Make a second job for more.');
    expect(screen.queryByRole('button', { name: 'Another trade' })).toBeNull();
  });

  it('has days that are one stop for the keyboard, in which arrows go by days and weeks', async () => {
    const { user } = await open();
    await screen.findByLabelText('What is to be done?');
    const days = screen.getAllByRole('button', { name: /: no work$/ });
    expect(days).toHaveLength(28);
    expect(days.filter((day) => day.tabIndex === 0)).toEqual([days[0]]);
    days[0]?.focus();
    await user.keyboard('{ArrowRight}{ArrowDown}');
    expect(document.activeElement).toBe(days[8]);
    await user.keyboard(' ');
    expect(days[8]?.getAttribute('aria-pressed')).toBe('true');
    await user.keyboard('{End}');
    expect(document.activeElement).toBe(days[27]);
  });

  it('is as it was typed after a reload, and sends a try whose answer was lost under the same key', async () => {
    const storage = createMemory();
    const lost = () => refusal('platform.unavailable');
    const first = await open({ 'matching.describeJob': lost }, storage);
    await fillIn(first.user, '950');
    await findWorkers(first.user);
    await screen.findByText(/A part of Muster is not reachable/);
    first.unmount();
    const second = await open({}, storage);
    expect(((await screen.findByLabelText('What is to be done?')) as HTMLInputElement).value).toBe('Compound wall');
    await findWorkers(second.user);
    await waitFor(() => expect(second.services.bodiesOf('matching.describeJob')).toEqual([body]));
    const keys = [first, second].flatMap(({ services }) => services.sent.filter(({ route }) => route === 'matching.describeJob').map(({ idempotencyKey }) => idempotencyKey));
    expect(new Set(keys).size).toBe(1);
    expect(keys.length).toBeGreaterThan(1);
  });

  it('is sent once by two presses', async () => {
    const { services, user, address } = await open();
    await fillIn(user, '950');
    await user.dblClick(screen.getByRole('button', { name: 'Find workers' }));
    await waitFor(() => expect(address()).toBe(`/jobs/${JOB}`));
    expect(services.bodiesOf('matching.describeJob')).toHaveLength(1);
  });

  it('asks first who hires', async () => {
    const { address } = await open({ 'user.readContractorProfile': () => refusal('user.no_profile') });
    await waitFor(() => expect(address()).toBe('/profile/contractor?next=/jobs/new'));
  });
});
