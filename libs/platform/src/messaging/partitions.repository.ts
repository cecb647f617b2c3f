import type { Envelope } from '@muster/contracts/kernel/event';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, type Tx } from '../database/database';

/**
 * The right to process a partition until the lease ends. It is void as soon as another replica claims the partition,
 * which raises the fence. A partition is the sequence of events that one consumer has to apply in order, those of one
 * aggregate of one producer; the tables call it `lane`.
 */
export interface Claim {
  readonly consumer: string;
  readonly lane: string;
  readonly fence: number;
  readonly attempts: number;
}

export interface ParkedPartition {
  readonly consumer: string;
  readonly lane: string;
  readonly failedEvent: string;
  readonly lastError: string;
  readonly parkedAt: Date;
  /** Events that wait behind the failed one, it included. */
  readonly waiting: number;
}

export interface ConsumerBacklog {
  readonly consumer: string;
  readonly producer: string;
  readonly waiting: number;
  /** Seconds since the oldest of them was received. */
  readonly oldestSeconds: number;
}

const seconds = (ms: number) => sql`make_interval(secs => ${ms / 1000})`;

@Injectable()
export class PartitionsRepository {
  constructor(private readonly database: Database) {}

  async claimPartitions(consumers: readonly string[], owner: string, most: number, leaseMs: number): Promise<readonly Claim[]> {
    const { rows } = await sql<Claim>`
      with due as materialized (
        select consumer, lane from inbox_lanes
        where parked_at is null and due_at <= now() and consumer = any(${consumers}::text[])
        order by due_at limit ${sql.lit(most)} for update skip locked
      )
      update inbox_lanes set owner = ${owner}, fence = fence + 1, due_at = now() + ${seconds(leaseMs)}
      from due where inbox_lanes.consumer = due.consumer and inbox_lanes.lane = due.lane
      returning inbox_lanes.consumer, inbox_lanes.lane, fence, attempts`.execute(this.database.query());
    return rows;
  }

  /** Voids every claim, whoever's it is. */
  async freeAllPartitions(): Promise<void> {
    await sql`
      update inbox_lanes set owner = null, fence = fence + 1, due_at = now()
      where owner is not null and parked_at is null`.execute(this.database.query());
  }

  /** The oldest events of a partition that may be processed, in their order. */
  async listWaitingEvents(claim: Claim, limit: number): Promise<readonly Envelope[]> {
    const { rows } = await sql<{ envelope: Envelope }>`
      select envelope from inbox join received using (producer, generation)
      where consumer = ${claim.consumer} and lane = ${claim.lane} and done_at is null and sequence <= contiguous
      order by generation, sequence limit ${limit}`.execute(this.database.query());
    return rows.map((row) => row.envelope);
  }

  /** False when it was done by somebody else or the claim is void: then its effect must not happen. */
  async markEventDone(tx: Tx, claim: Claim, eventId: string): Promise<boolean> {
    const { numAffectedRows } = await sql`
      update inbox set done_at = now()
      where consumer = ${claim.consumer} and event_id = ${eventId} and done_at is null and exists (
        select from inbox_lanes
        where consumer = ${claim.consumer} and lane = ${claim.lane} and fence = ${claim.fence} and parked_at is null
      )`.execute(tx);
    return numAffectedRows === 1n;
  }

  /** Prolongs the lease before the partition's next event; false when the claim is void. */
  async renewLease(claim: Claim, leaseMs: number): Promise<boolean> {
    const { numAffectedRows } = await sql`
      update inbox_lanes set due_at = now() + ${seconds(leaseMs)}, attempts = 0
      where consumer = ${claim.consumer} and lane = ${claim.lane} and fence = ${claim.fence} and parked_at is null
      `.execute(this.database.query());
    return numAffectedRows === 1n;
  }

  async releasePartition(claim: Claim): Promise<void> {
    await sql`select release_lane(${claim.consumer}, ${claim.lane}, ${claim.fence})`.execute(this.database.query());
  }

  /** Gives the partition back until `retryMs` from now, or parks it when `park`. */
  async failEvent(claim: Claim, eventId: string, error: string, retryMs: number, park: boolean): Promise<void> {
    await sql`
      update inbox_lanes set owner = null, fence = fence + 1, attempts = attempts + 1, failed_event = ${eventId},
        last_error = ${error}, due_at = now() + ${seconds(retryMs)}, parked_at = case when ${park}::boolean then now() end
      where consumer = ${claim.consumer} and lane = ${claim.lane} and fence = ${claim.fence}`.execute(this.database.query());
  }

  async listParkedPartitions(consumer: string | undefined): Promise<readonly ParkedPartition[]> {
    const { rows } = await sql<ParkedPartition>`
      select consumer, lane, failed_event as "failedEvent", last_error as "lastError", parked_at as "parkedAt",
        (select count(*) from inbox where inbox.consumer = inbox_lanes.consumer and inbox.lane = inbox_lanes.lane and done_at is null) as waiting
      from inbox_lanes
      where parked_at is not null and (${consumer ?? null}::text is null or consumer = ${consumer ?? null})
      order by parked_at`.execute(this.database.query());
    return rows;
  }

  async unparkPartitions(tx: Tx, consumer: string, lane: string | undefined): Promise<number> {
    const { numAffectedRows } = await sql`
      update inbox_lanes set parked_at = null, attempts = 0, owner = null, fence = fence + 1, due_at = now()
      where consumer = ${consumer} and parked_at is not null and (${lane ?? null}::text is null or lane = ${lane ?? null})
      `.execute(tx);
    return Number(numAffectedRows ?? 0);
  }

  /** Marks the event at which a parked partition stopped as done without an effect. */
  async skipFailedEvent(tx: Tx, consumer: string, lane: string): Promise<boolean> {
    const { numAffectedRows } = await sql`
      update inbox set done_at = now() from inbox_lanes
      where inbox_lanes.consumer = ${consumer} and inbox_lanes.lane = ${lane} and parked_at is not null
        and inbox.consumer = ${consumer} and inbox.event_id = failed_event and done_at is null`.execute(tx);
    return numAffectedRows === 1n;
  }

  async countBacklogs(): Promise<readonly ConsumerBacklog[]> {
    const { rows } = await sql<ConsumerBacklog>`
      select consumer, producer, count(*) as waiting,
        greatest(0, extract(epoch from now() - min(received_at)))::float8 as "oldestSeconds"
      from inbox where done_at is null group by consumer, producer`.execute(this.database.query());
    return rows;
  }

  async countParkedPartitions(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await sql<{ consumer: string; count: number }>`
      select consumer, count(*) from inbox_lanes where parked_at is not null group by consumer`.execute(this.database.query());
    return new Map(rows.map((row) => [row.consumer, row.count]));
  }
}
