import type { Envelope, Epoch } from '@muster/contracts/kernel/event';
import type { EventId, PersonId, ServiceName } from '@muster/contracts/kernel/ids';
import type { Instant } from '@muster/contracts/kernel/time';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { Database, type Tx } from '../database/database';
import type { OutboxTable } from '../database/platform-tables/tables';

export interface NewEvent {
  readonly id: EventId;
  readonly type: string;
  readonly time: Date;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly data: unknown;
  readonly recipients: readonly PersonId[];
  readonly traceparent: string | undefined;
}

/** The state of this service's own numbering. */
export interface Numbering {
  readonly epoch: Epoch;
  readonly head: number;
  /** The lowest number that is still kept. */
  readonly firstKept: number;
}

export interface OutboxEntry {
  readonly aggregateType: string;
  readonly addedOn: string;
  readonly envelope: Envelope;
}

type Row = Selectable<OutboxTable> & { epoch: string };

@Injectable()
export class OutboxRepository {
  constructor(private readonly database: Database) {}

  /**
   * Events about different aggregates, by one statement: each position is drawn after its aggregate's row is locked, so
   * that versions and positions agree. Rows are locked in the order of the aggregates' ids.
   *
   * @returns the version of each aggregate with its event
   */
  async appendEvents(tx: Tx, events: readonly NewEvent[]): Promise<ReadonlyMap<string, number>> {
    const ordered = [...events].sort((a, b) => (a.aggregateId < b.aggregateId ? -1 : 1));
    const { rows } = await sql<{ aggregate_id: string; aggregate_version: number }>`
      with added as materialized (
        select * from jsonb_to_recordset(${JSON.stringify(ordered)}::jsonb) as one(
          id uuid, type text, time timestamptz, "aggregateType" text, "aggregateId" text, data jsonb, recipients uuid[],
          traceparent text)
      ), bumped as (
        insert into aggregate_versions as known (aggregate_type, aggregate_id, version)
        select "aggregateType", "aggregateId", 1 from added
        on conflict (aggregate_type, aggregate_id) do update set version = known.version + 1
        returning aggregate_type, aggregate_id, version
      )
      insert into outbox (id, type, time, aggregate_type, aggregate_id, aggregate_version, data, recipients, traceparent)
      select id, type, time, aggregate_type, aggregate_id, version, data, recipients, traceparent
      from bumped join added on aggregate_type = "aggregateType" and aggregate_id = "aggregateId"
      returning aggregate_id, aggregate_version`.execute(tx);
    if (rows.length !== events.length) throw new Error(`the outbox took ${rows.length} of ${events.length} rows`);
    return new Map(rows.map((row) => [row.aggregate_id, row.aggregate_version]));
  }

  /** Numbers up to `most` committed rows; empty when `last < first`. */
  async numberEvents(most: number): Promise<{ first: number; last: number }> {
    const { rows } = await sql<{ first: number; last: number }>`select first, last from number_events(${most})`.execute(
      this.database.query(),
    );
    return rows[0] ?? { first: 1, last: 0 };
  }

  async findNumbering(on: Tx | undefined = undefined): Promise<Numbering> {
    const db = on ?? this.database.query();
    const { rows } = await sql<{ epoch: Epoch; head: number; first_kept: number }>`
      select epoch, head, first_kept from event_numbering`.execute(db);
    const row = rows[0];
    if (!row) throw new Error('event_numbering has no row');
    return { epoch: row.epoch, head: row.head, firstKept: row.first_kept };
  }

  /** Numbered events from `first` to `last`, in order. */
  async listEventsBetween(first: number, last: number, limit: number): Promise<readonly OutboxEntry[]> {
    const { rows } = await sql<Row>`
      select outbox.*, event_numbering.epoch from outbox cross join event_numbering
      where sequence between ${first} and ${last} order by sequence limit ${limit}`.execute(this.database.query());
    return rows.map(entryOf);
  }

  /** Numbered events that should long have been published: their relay died or its broker refused. */
  async listOverdueEvents(limit: number): Promise<readonly OutboxEntry[]> {
    const { rows } = await sql<Row>`
      select outbox.*, event_numbering.epoch from outbox cross join event_numbering
      where published_at is null and sequence is not null and added_at < now() - interval '2 seconds'
      order by sequence limit ${limit}`.execute(this.database.query());
    return rows.map(entryOf);
  }

  async markEventsPublished(entries: readonly OutboxEntry[]): Promise<void> {
    const days = [...new Set(entries.map((entry) => entry.addedOn))];
    const sequences = entries.map((entry) => entry.envelope.sequence);
    await sql`
      update outbox set published_at = now()
      where sequence = any(${sequences}::bigint[]) and added_on = any(${days}::date[]) and published_at is null
    `.execute(this.database.query());
  }

  /** Makes the coming days' partitions and drops old ones that are published; how many were dropped. */
  async maintainPartitions(keptDays: number): Promise<number> {
    const { rows } = await sql<{ dropped: number }>`select maintain_outbox(7, ${keptDays}) as dropped`.execute(this.database.query());
    return rows[0]?.dropped ?? 0;
  }

  /** A new numbering for a restored database, whose readers have seen numbers that it never gave. */
  async renewEpoch(): Promise<Epoch> {
    const { rows } = await sql<{ epoch: Epoch }>`
      update event_numbering set epoch = gen_random_uuid() returning epoch`.execute(this.database.query());
    return (rows[0] as { epoch: Epoch }).epoch;
  }

  async countUnpublishedEvents(): Promise<number> {
    // There is an index for each of the two counts; one count over both would read the events of a week.
    const { rows } = await sql<{ count: number }>`
      select (select count(*) from outbox where sequence is null)
        + (select count(*) from outbox where published_at is null and sequence is not null) as count`.execute(this.database.query());
    return rows[0]?.count ?? 0;
  }
}

function entryOf(row: Row): OutboxEntry {
  const source = row.type.split('.')[0] as ServiceName;
  const envelope: Envelope = {
    id: row.id as EventId,
    source,
    type: row.type,
    time: row.time.toISOString() as Instant,
    aggregateId: row.aggregate_id,
    aggregateVersion: row.aggregate_version,
    sequence: row.sequence as number,
    epoch: row.epoch as Epoch,
    recipients: row.recipients as PersonId[],
    data: row.data,
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
  };
  return { aggregateType: row.aggregate_type, addedOn: row.added_on, envelope };
}
