/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { JobPage } from '../src/features/hire/job-page';
import { cards, id, INVITE, job, JOB, ranking, WORKER } from './examples';
import { openScreen } from './screen';
import type { Answers } from './services';

const [line] = job.lines;
if (!line) throw new Error('The example of a job has a line.');
const crew = {
  ...line, count: 3, filled: 1,
  slots: [{ slotId: id(14), state: 'filled' as const, worker: WORKER }, ...[15, 16].map((last) => ({ slotId: id(last), state: 'open' as const, worker: null }))],
  invites: [{ inviteId: INVITE, worker: id(3), state: 'sent' as const, sentAt: '2026-11-30T05:00:00.000Z', expiresAt: '2026-11-30T09:00:00.000Z' }],
};
const open = (answers: Answers = {}) =>
  openScreen(<JobPage jobId={JOB} />, {
    at: `/jobs/${JOB}`,
    as: ['contractor'],
    answers: { 'matching.readJob': { ...job, places: 3, filled: 1, lines: [crew] }, 'matching.rankForLine': ranking, 'user.readCards': cards, ...answers },
  });

describe('the crew of a line', () => {
  it('is shown as seats with a name and a state each, and nothing in them asks for a tap', async () => {
    await open();
    await screen.findByText('Said yes');
    const strip = screen.getByRole('list', { name: '3 × Mason' });
    await within(strip).findByText('Ramesh Yadav');
    const words = within(strip).getAllByRole('listitem').map((seat) => [...seat.querySelectorAll('span:not([aria-hidden])')].map(({ textContent }) => textContent));
    expect(words).toEqual([['Ramesh Yadav', 'Said yes'], ['Deshmukh Builders', 'Asked'], ['', 'Open']]);
    expect(strip.textContent).not.toContain('+');
    expect(within(strip).queryAllByRole('button')).toEqual([]);
  });
});

describe('a market without anybody', () => {
  it('has found nobody yet, and says what may help', async () => {
    await open({ 'matching.rankForLine': { items: [], matches: 0, nextCursor: null } });
    await screen.findByText('No masons found for these days yet');
    screen.getByText(/New people appear here by themselves/);
  });
});
