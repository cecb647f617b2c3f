import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@muster/platform/database/database';
import { scraped } from '@muster/platform/testing/scraped';
import { MatchingTest } from '../../test/start-matching';
import { JobCounts } from './job-counts';

let test: MatchingTest;
beforeAll(async () => {
  test = await MatchingTest.start();
  test.dawn();
});
afterAll(() => test.close());

const counted = async () => ({
  drafts: await scraped('muster_job_steps_total', { state: 'draft' }),
  staffed: await scraped('muster_job_steps_total', { state: 'staffed' }),
  opened: await scraped('muster_places_total', { change: 'opened' }),
  filled: await scraped('muster_places_total', { change: 'filled' }),
  accepted: await scraped('muster_facts_total', { type: 'matching.invite.accepted.v1' }),
  found: await scraped('muster_searches_total', { outcome: 'found' }),
  nobody: await scraped('muster_searches_total', { outcome: 'nobody' }),
});

describe('what became of jobs', () => {
  it('is there as zero before the first', async () => {
    expect(await counted()).toEqual({ drafts: 0, staffed: 0, opened: 0, filled: 0, accepted: 0, found: 0, nobody: 0 });
  });

  it('is counted once, with the hours that a place waited', async () => {
    const [contractor, worker] = [test.contractor(), await test.worker()];
    const line = await test.openLine(contractor, { count: 1 });
    const invite = await test.invite(contractor, line, worker);
    test.matching.clock.advance({ h: 2 });
    await test.accept(worker, invite);
    await test.accept(worker, invite);
    expect(await counted()).toMatchObject({ drafts: 1, staffed: 1, opened: 1, filled: 1, accepted: 1 });
    // The clock of the test goes on while it runs.
    const waited = await scraped('muster_time_to_fill_seconds_sum');
    expect([waited >= 7200, waited < 7260]).toEqual([true, true]);
    expect(await scraped('muster_time_to_fill_seconds_count')).toBe(1);
  });

  it('is not counted when the transaction rolls back', async () => {
    const [before, counts] = [await counted(), test.matching.app.get(JobCounts)];
    const planted = test.matching.app.get(Database).transaction(async (tx) => {
      counts.countJobSteps(tx, ['draft', 'open'], { places: 5 });
      counts.countFilledPlace(tx, undefined, new Date());
      throw new Error('planted');
    });
    await expect(planted).rejects.toThrow('planted');
    expect(await counted()).toEqual(before);
  });
});

describe('a search', () => {
  it('is counted by whether it found anybody', async () => {
    const [contractor, before] = [test.contractor(), await counted()];
    await test.worker();
    expect((await test.search(contractor)).items.length).toBeGreaterThan(0);
    expect((await test.search(contractor, { trade: 'plumber' })).items).toEqual([]);
    expect(await counted()).toMatchObject({ found: before.found + 1, nobody: before.nobody + 1 });
  });
});
