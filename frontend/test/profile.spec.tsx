/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { ProfilePage } from '../src/features/profile/profile-page';
import type { Answer } from '../src/lib/api/client';
import { availability, NAGPUR } from './examples';
import { createMemory, ME, openScreen } from './screen';
import { refusal, type Answers } from './services';

const saved: Answer<'user.readWorkerProfile'> = {
  personId: ME, displayName: 'Ramesh Yadav', placeId: NAGPUR.placeId, placeName: 'Nagpur', travelRadiusKm: 25, skills: [{ trade: 'mason', level: 3, years: 3 }],
  dayRate: { amount: 90_000, currency: 'INR' }, floorRate: null, languages: ['en'], version: 1, updatedAt: '2026-11-30T06:00:00.000Z',
};
const answers: Answers = {
  'user.readWorkerProfile': () => refusal('user.no_profile'),
  'user.readAvailability': availability,
  'user.searchPlaces': { items: [NAGPUR] },
  'user.saveWorkerProfile': saved,
  'user.saveAvailability': availability,
};
const open = (more: Answers = {}, storage = createMemory(), at = '/profile') => openScreen(<ProfilePage />, { at, as: ['worker'], answers: { ...answers, ...more }, storage });
type User = Awaited<ReturnType<typeof open>>['user'];
const next = (user: User) => user.click(screen.getByRole('button', { name: 'Next' }));

async function fillInAllButName(user: User, rate = '900'): Promise<void> {
  await user.click(await screen.findByRole('radio', { name: 'Mason' }));
  await next(user);
  await user.type(await screen.findByLabelText('Where do you live?'), 'nagp');
  await user.click(await screen.findByRole('option', { name: /Nagpur/ }));
  await user.type(screen.getByLabelText('Your daily rate'), rate);
  await next(user);
  await screen.findByText('Your usual week');
}
async function sayName(user: User): Promise<void> {
  await next(user);
  await user.type(await screen.findByLabelText('Your name'), 'Ramesh Yadav');
  await user.click(screen.getByRole('button', { name: 'Save' }));
}

describe('the steps of a worker’s profile', () => {
  it('save profile and calendar as they were filled in, and lead home', async () => {
    const { services, user, address, storage } = await open();
    await fillInAllButName(user);
    await user.click(screen.getByRole('button', { name: 'Sunday' }));
    await sayName(user);
    await waitFor(() => expect(address()).toBe('/home'));
    expect(services.bodiesOf('user.saveWorkerProfile')).toEqual([
      {
        displayName: 'Ramesh Yadav', placeId: NAGPUR.placeId, travelRadiusKm: 25, skills: [{ trade: 'mason', level: 3, years: 3 }],
        dayRate: { amount: 90_000, currency: 'INR' }, floorRate: null, languages: ['en'],
      },
    ]);
    expect(services.bodiesOf('user.saveAvailability')).toEqual([{ weekly: [1, 2, 3, 4, 5, 6, 7], exceptions: [] }]);
    expect(storage.names('draft.')).toEqual([]);
  });

  it('do not go on while one is not filled in, and say what is missing', async () => {
    const { user, services } = await open();
    await screen.findByRole('radio', { name: 'Mason' });
    await next(user);
    await screen.findByText('Choose your trade first.');
    await user.click(screen.getByRole('radio', { name: 'Mason' }));
    await next(user);
    await screen.findByLabelText('Where do you live?');
    await next(user);
    await screen.findByText('Choose a place from the list.');
    screen.getByText('Enter an amount in rupees.');
    expect(document.activeElement).toBe(screen.getByLabelText('Where do you live?'));
    expect(services.bodiesOf('user.saveWorkerProfile')).toEqual([]);
  });

  it('ask once whether an unusual rate is meant', async () => {
    const { user } = await open();
    await user.click(await screen.findByRole('radio', { name: 'Mason' }));
    await next(user);
    await user.type(await screen.findByLabelText('Where do you live?'), 'nagp');
    await user.click(await screen.findByRole('option', { name: /Nagpur/ }));
    await user.type(screen.getByLabelText('Your daily rate'), '9000');
    await next(user);
    await screen.findByText('₹9,000 per day: is that what you mean? Press again if it is.');
    await next(user);
    await screen.findByText('Your usual week');
  });

  it('lead back to the step whose field the service refuses, and say it there', async () => {
    const refused = () => refusal('user.unknown_place', { '/body/placeId': 'unknown_place' }, { placeId: NAGPUR.placeId });
    const { user, address, services } = await open({ 'user.saveWorkerProfile': refused });
    await fillInAllButName(user);
    await sayName(user);
    await waitFor(() => expect(address()).toBe('/profile?step=place'));
    expect(screen.getAllByText('That place is not in the list. Choose one from it.')).toHaveLength(2);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Where do you live?')));
    expect(services.bodiesOf('user.saveAvailability')).toEqual([]);
  });

  it('stand in the address, so that Back and a link lead to each of them', async () => {
    const { user, address } = await open();
    await fillInAllButName(user);
    expect(address()).toBe('/profile?step=days');
    window.history.back();
    expect(((await screen.findByLabelText('Your daily rate')) as HTMLInputElement).value).toBe('900');
    expect(address()).toBe('/profile?step=place');
  });

  it('say which days of the calendar are booked, and leave those as they are', async () => {
    const booked = { ...availability, booked: ['2026-12-02'] };
    const { user } = await open({ 'user.readWorkerProfile': saved, 'user.readAvailability': booked }, createMemory(), '/profile?step=days');
    const day = await screen.findByRole('button', { name: 'Wed, 2 Dec: booked' });
    screen.getByText('booked');
    await user.click(day);
    expect(day.getAttribute('aria-label')).toBe('Wed, 2 Dec: booked');
    expect(screen.getByRole('button', { name: 'Tue, 1 Dec: free' })).toBeTruthy();
  });

  it('are as they were filled in after a reload', async () => {
    const storage = createMemory();
    const first = await open({}, storage);
    await fillInAllButName(first.user, '875');
    first.unmount();
    await open({}, storage, '/profile?step=place');
    expect(((await screen.findByLabelText('Your daily rate')) as HTMLInputElement).value).toBe('875');
  });

  it('begin with what is known', async () => {
    await open({ 'user.readWorkerProfile': saved }, createMemory(), '/profile?step=name');
    expect(((await screen.findByLabelText('Your name')) as HTMLInputElement).value).toBe('Ramesh Yadav');
  });
});
