import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { sql } from 'kysely';
import { metricsText } from '../metrics/metrics';
import { InProcessFanout } from '../realtime/in-process-fanout';
import { eventually } from '../testing/eventually';
import { config } from '../testing/fixture/config';
import { startService, type TestService } from '../testing/start-service';
import { InProcessBus } from './in-process-bus';
import { NoteWhenCounted } from './messaging.fixture';

@Module({ providers: [NoteWhenCounted] })
class ReadsMatching {}

/** Says that something was lost when the test wants it. */
class LosingFanout extends InProcessFanout {
  readonly handlers: Array<() => void> = [];

  override onLost(handler: () => void): void {
    this.handlers.push(handler);
  }
}

describe('what a service counts of its data', () => {
  const fanout = new LosingFanout(new InProcessBus());
  let service: TestService;
  beforeAll(async () => {
    service = await startService(ReadsMatching, config, { drivers: { fanout } });
  });
  afterAll(() => service.close());

  const valueOf = async (name: string): Promise<number> => Number(new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'm').exec(await metricsText())?.[1] ?? 0);

  it('are transactions that were run again, each once however often it is asked', async () => {
    const { db } = service;
    let runs = 0;
    await db.transaction(async (tx) => {
      runs += 1;
      // Raises the error of a deadlock, like PostgreSQL.
      if (runs === 1) await sql`do $$ begin raise exception 'planted' using errcode = '40001'; end $$`.execute(tx);
    });
    expect(runs).toBe(2);
    expect([await valueOf('muster_db_transaction_retries_total'), await valueOf('muster_db_transaction_retries_total')]).toEqual([1, 1]);
  });

  it('are the seconds for which a producer may have had what is missing here, also when it cannot be reached at all', async () => {
    // Matching is not there: it sends no event and no head, and answers nothing.
    await eventually(async () => expect(await valueOf('muster_event_lag_seconds')).toBeGreaterThan(3), 20_000);
  });

  it('are the times that the live fan-out was lost', async () => {
    for (const handler of fanout.handlers) handler();
    expect(await valueOf('muster_fanout_lost_total')).toBe(1);
  });
});
