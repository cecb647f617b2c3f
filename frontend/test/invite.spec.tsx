/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { JobPage } from '../src/features/hire/job-page';
import { cards, INVITE, job, JOB, LINE, ranking, WORKER } from './examples';
import { openScreen } from './screen';
import { refusal, type Answers } from './services';

type Job = typeof job;
const withInvites = (invites: Job['lines'][number]['invites']): Job => ({ ...job, lines: job.lines.map((line) => ({ ...line, invites })) });
const asked = withInvites([{ inviteId: INVITE, worker: WORKER, state: 'sent', expiresAt: '2026-11-30T09:00:00.000Z' }]);

/** The job's page over a service that keeps what was asked. */
function open(answers: Answers = {}) {
  let now = job;
  return openScreen(<JobPage jobId={JOB} />, {
    at: `/jobs/${JOB}`,
    as: ['contractor'],
    answers: {
      'matching.readJob': () => now,
      'matching.rankForLine': ranking,
      'user.readCards': cards,
      'matching.sendInvite': () => ((now = asked), { inviteId: INVITE }),
      'matching.withdrawInvite': () => ((now = job), { inviteId: INVITE, state: 'withdrawn' }),
      ...answers,
    },
  });
}

describe('asking a worker', () => {
  it('shows what they ask for, sends one invite for the line, and says that it was sent', async () => {
    const { services, user } = await open();
    const button = await screen.findByRole('button', { name: 'Invite' });
    screen.getByText('₹900');
    await user.dblClick(button);
    await screen.findByRole('button', { name: 'Asked · Undo' });
    await screen.findByText('Waiting for 1 answer');
    expect(services.sent.filter(({ route }) => route === 'matching.sendInvite')).toMatchObject([{ params: { jobId: JOB, lineId: LINE }, body: { worker: WORKER } }]);
    expect(services.bodiesOf('matching.withdrawInvite')).toEqual([]);
  });

  it('takes the invite back at another tap', async () => {
    const { services, user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Invite' }));
    const undo = await screen.findByRole('button', { name: 'Asked · Undo' });
    await waitFor(() => expect(undo.getAttribute('aria-disabled')).toBeNull());
    await user.click(undo);
    await screen.findByRole('button', { name: 'Invite' });
    expect(services.sent.filter(({ route }) => route === 'matching.withdrawInvite')).toMatchObject([{ params: { inviteId: INVITE } }]);
  });

  it('says in the place of the tap why somebody cannot be asked', async () => {
    const { user } = await open({ 'matching.sendInvite': () => refusal('matching.ask_again_later', {}, { until: '2026-12-01T05:00:00.000Z' }) });
    await user.click(await screen.findByRole('button', { name: 'Invite' }));
    await screen.findByText(/You asked this person not long ago/);
    screen.getByRole('button', { name: 'Invite' });
  });
});
