/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { JobsPage } from '../src/features/hire/jobs-page';
import type { Answer } from '../src/lib/api/client';
import { id, job } from './examples';
import { openScreen } from './screen';

type Page = Answer<'matching.listJobs'>;
const { lines: _lines, description: _description, radiusKm: _radiusKm, ...summary } = job;
const jobs = Array.from({ length: 53 }, (_, index): Page['items'][number] => ({ ...summary, jobId: id(1000 + index), title: `Job number ${index + 1}` }));

/** Its cursors end with the number of the job that comes next. */
function pageOf({ limit = 50, cursor }: { limit?: number; cursor?: string }): Page {
  const from = Number(cursor?.split('.')[1] ?? 0);
  const until = from + Number(limit);
  return { items: jobs.slice(from, until), nextCursor: until < jobs.length ? `next.${until}` : null };
}

describe('a list that is longer than a page', () => {
  it('is shown to its end', async () => {
    const { user } = await openScreen(<JobsPage />, { at: '/jobs', as: ['contractor'], answers: { 'matching.listJobs': ({ query }) => pageOf(query) } });
    await screen.findByText('Job number 50');
    expect(screen.queryByText('Job number 51')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    await screen.findByText('Job number 53');
    screen.getByText('Job number 1');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull());
  });
});
