/** @jest-environment jsdom */
import { describe, expect, it, jest } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { Route } from 'wouter';
import { FindPage } from '../src/features/hire/find-page';
import { NewJobPage } from '../src/features/hire/new-job-page';
import { contractorProfile, NAGPUR, ranking } from './examples';
import { createMemory, ME, openScreen } from './screen';
import type { Answers } from './services';

const pages = (
  <>
    <Route path="/find" component={FindPage} />
    <Route path="/jobs/new" component={NewJobPage} />
  </>
);
const answers: Answers = { 'matching.searchWorkers': ranking, 'user.readContractorProfile': contractorProfile };
const asked = { trade: 'mason', level: 4, place: NAGPUR, days: ['2026-12-01'], pay: '950', searched: false };

/** The screen with a search that was typed on an earlier visit. */
function open(searched = false, found: Answers = {}) {
  const storage = createMemory();
  storage.write(`draft.find.${ME}`, JSON.stringify({ ...asked, searched }));
  return openScreen(pages, { at: '/find', as: ['contractor'], answers: { ...answers, ...found }, storage });
}

describe('a search for workers', () => {
  it('brings its results into sight, and the focus to their title', async () => {
    const { user } = await open();
    const intoSight = jest.spyOn(Element.prototype, 'scrollIntoView');
    await user.click(screen.getByRole('button', { name: 'Search' }));
    const results = await screen.findByRole('heading', { name: 'Who could come' });
    await waitFor(() => expect(document.activeElement).toBe(results));
    expect(intoSight.mock.contexts).toContain(results);
    await screen.findByText('Ramesh Yadav');
  });

  it('is there with its results when the screen is opened again', async () => {
    const { user, storage, unmount } = await open();
    await user.click(screen.getByRole('button', { name: 'Search' }));
    await screen.findByText('Ramesh Yadav');
    unmount();
    const { services } = await openScreen(pages, { at: '/find', as: ['contractor'], answers, storage });
    await screen.findByText('Ramesh Yadav');
    expect(services.bodiesOf('matching.searchWorkers')).toMatchObject([{ trade: 'mason', minimumLevel: 4, days: asked.days }]);
  });

  it('becomes a job with all that was asked', async () => {
    const { user, address } = await open(true);
    await user.click(await screen.findByRole('button', { name: 'Make it a job and invite' }));
    await screen.findByLabelText('What is to be done?');
    expect(address()).toBe('/jobs/new');
    const valueOf = (label: string) => (screen.getByLabelText(label) as HTMLInputElement).value;
    expect([valueOf('Where?'), valueOf('Pay per day, ₹'), valueOf('Minimum skill')]).toEqual(['Nagpur', '950', '4']);
    screen.getByText('Mason');
    screen.getByRole('button', { name: 'Tue, 1 Dec: work' });
  });

  it('that finds nobody says so of the moment and what may help, never that no mason can come', async () => {
    await open(true, { 'matching.searchWorkers': { items: [], matches: 0, nextCursor: null } });
    await screen.findByText('Nobody fits right now');
    screen.getByText(/More pay, fewer days or a lower skill level may help/);
  });
});
