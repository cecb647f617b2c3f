import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Retention } from '@muster/platform/messaging/retention';
import { TimerRunner } from '@muster/platform/timers/timer-runner';
import { sql } from 'kysely';
import { MatchingTest } from '../../test/start-matching';

let test: MatchingTest;
beforeAll(async () => {
  test = await MatchingTest.start();
});
afterAll(() => test.close());

describe('the steps of a job', () => {
  it('are kept for thirteen months, and no longer', async () => {
    const { jobId } = await test.open(test.contractor());
    const kept = async () =>
      (await sql<{ count: number }>`select count(*)::integer as count from steps where subject_id = ${jobId}`.execute(test.matching.db.query())).rows[0]?.count;
    // The timers are stopped, because they would move the job on and add further steps.
    await test.matching.app.get(TimerRunner).stop();
    expect(await kept()).toBeGreaterThan(0);
    test.matching.clock.advance({ d: 399 });
    await test.matching.app.get(Retention).cleanUp();
    expect(await kept()).toBeGreaterThan(0);
    test.matching.clock.advance({ d: 2 });
    await test.matching.app.get(Retention).cleanUp();
    expect(await kept()).toBe(0);
  });
});
