/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { JobPage } from '../src/features/hire/job-page';
import { WorkPage } from '../src/features/work/work-page';
import { assignment, cards, id, job, JOB, ranking, WORKER } from './examples';
import { openScreen } from './screen';
import { refusal, type Answers } from './services';

const [mason] = job.lines as [(typeof job.lines)[number]];
const SLOT = id(14);
const staffed = {
  ...job, state: 'staffed' as const, places: 1, filled: 1,
  lines: [{ ...mason, count: 1, filled: 1, slots: [{ slotId: SLOT, state: 'filled' as const, worker: WORKER }], invites: [] }],
};

function openJob(answers: Answers = {}) {
  let now: typeof job = staffed;
  return openScreen(<JobPage jobId={JOB} />, {
    at: `/jobs/${JOB}`,
    as: ['contractor'],
    answers: {
      'matching.readJob': () => now,
      'matching.rankForLine': ranking,
      'user.readCards': cards,
      'matching.cancelJob': () => (now = { ...now, state: 'cancelled', filled: 0 }),
      'matching.freeSlot': () => (now = { ...now, state: 'staffing', filled: 0, lines: [{ ...mason, count: 1 }] }),
      ...answers,
    },
  });
}

function openWork(answers: Answers = {}) {
  let now = assignment;
  return openScreen(<WorkPage />, {
    at: '/work',
    as: ['worker'],
    answers: {
      'matching.listAssignments': () => ({ items: [now], nextCursor: null }),
      'matching.listInvites': { items: [], nextCursor: null },
      'user.readCards': cards,
      'matching.cancelAssignment': () => {
        now = { ...now, state: 'cancelled_early' };
        return { assignmentId: now.assignmentId, state: now.state };
      },
      ...answers,
    },
  });
}

/** What opens under the words. */
function behind(words: string): HTMLElement {
  const part = screen.getByText(words).closest('details');
  if (!part) throw new Error(`Nothing opens under ${words}.`);
  return part;
}

describe('a worker who cannot come', () => {
  it('says why first, gives the place back once, and is asked no more', async () => {
    const { services, user } = await openWork();
    await user.click(await screen.findByText('I can’t come'));
    const give = screen.getByRole('button', { name: 'Give the place back' });
    await user.click(give);
    expect(services.sent.filter(({ route }) => route === 'matching.cancelAssignment')).toEqual([]);
    await user.click(screen.getByRole('radio', { name: 'I am ill' }));
    await user.dblClick(give);
    await screen.findByText('Cancelled');
    expect(services.sent.filter(({ route }) => route === 'matching.cancelAssignment')).toMatchObject([{ body: { reason: 'ill' } }]);
    expect(screen.queryByText('I can’t come')).toBeNull();
  });

  it('is told where it is too late for that', async () => {
    const { user } = await openWork({ 'matching.cancelAssignment': () => refusal('matching.assignment_over', {}, { state: 'completed' }) });
    await user.click(await screen.findByText('I can’t come'));
    await user.click(screen.getByRole('radio', { name: 'Family' }));
    await user.click(screen.getByRole('button', { name: 'Give the place back' }));
    await screen.findByText('This work is over.');
  });
});

describe('a job that is called off', () => {
  it('says who is told before it is, and then that it is cancelled', async () => {
    const { services, user } = await openJob();
    await user.click(await screen.findByText('Cancel this job'));
    const wayOut = within(behind('Cancel this job'));
    wayOut.getByText(/Everybody who was asked or said yes is told at once/);
    await user.click(wayOut.getByRole('radio', { name: 'Weather' }));
    await user.click(wayOut.getByRole('button', { name: 'Cancel the job' }));
    await screen.findByText('Cancelled');
    expect(services.sent.filter(({ route }) => route === 'matching.cancelJob')).toMatchObject([{ params: { jobId: JOB }, body: { reason: 'weather' } }]);
    expect(screen.queryByText('Cancel this job')).toBeNull();
  });
});

describe('somebody in the crew', () => {
  it('is taken out by name, with a reason, and the place is open again', async () => {
    const { services, user } = await openJob();
    await user.click(await screen.findByText('In the crew: 1'));
    const list = behind('In the crew: 1');
    await user.click(await within(list).findByText('Ramesh Yadav'));
    await user.click(within(list).getByRole('radio', { name: 'Plans changed' }));
    await user.click(within(list).getByRole('button', { name: 'Take out of the crew' }));
    await screen.findByText('In the crew: 0');
    expect(services.sent.filter(({ route }) => route === 'matching.freeSlot')).toMatchObject([
      { params: { jobId: JOB, slotId: SLOT }, body: { worker: WORKER, reason: 'plans_changed' } },
    ]);
  });
});
