import type { Envelope, Epoch } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, type Tx } from '../database/database';
import { partitionOf } from './consumers';
import { formatRanges, parseRanges, type Received } from './sequence-set';

/** The received events of a producer in the current generation. */
export interface Stream extends Received {
  readonly producer: ServiceName;
  readonly generation: number;
  readonly epoch: Epoch;
}

export interface Filing {
  readonly consumer: string;
  readonly event: Envelope;
}

interface ReceivedRow {
  generation: number;
  epoch: Epoch;
  contiguous: number;
  ahead: string;
}

@Injectable()
export class InboxRepository {
  constructor(private readonly database: Database) {}

  async findStream(producer: ServiceName): Promise<Stream | undefined> {
    const { rows } = await sql<ReceivedRow>`
      select generation, epoch, contiguous, ahead::text from received
      where producer = ${producer} order by generation desc limit 1`.execute(this.database.query());
    return rows[0] && streamOf(producer, rows[0]);
  }

  /** The same, locked until the transaction ends: one replica at a time files the events of a producer. */
  async lockStream(tx: Tx, producer: ServiceName): Promise<Stream | undefined> {
    const { rows } = await sql<ReceivedRow>`
      select generation, epoch, contiguous, ahead::text from received
      where producer = ${producer} order by generation desc limit 1 for update`.execute(tx);
    return rows[0] && streamOf(producer, rows[0]);
  }

  /** Lists the readers of every release that still runs. */
  async listReaders(tx: Tx): Promise<ReadonlyArray<{ name: string; types: readonly string[] }>> {
    const { rows } = await sql<{ name: string; types: string[] }>`
      select name, types from consumers where seen_at > now() - interval '7 days'`.execute(tx);
    return rows;
  }

  async insertEvents(tx: Tx, generation: number, filings: readonly Filing[]): Promise<void> {
    const rows = filings.map(({ consumer, event }) => ({
      consumer,
      event_id: event.id,
      lane: partitionOf(event),
      producer: event.source,
      sequence: event.sequence,
      envelope: event,
    }));
    await sql`
      insert into inbox (consumer, event_id, lane, producer, generation, sequence, envelope)
      select consumer, event_id, lane, producer, ${generation}::integer, sequence, envelope
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row (consumer text, event_id uuid, lane text, producer text, sequence bigint, envelope jsonb)
      on conflict do nothing`.execute(tx);
  }

  async advanceStream(tx: Tx, stream: Stream, to: Received): Promise<void> {
    await sql`
      update received set contiguous = ${to.contiguous}, ahead = ${formatRanges(to.ahead)}::int8multirange
      where producer = ${stream.producer} and generation = ${stream.generation}`.execute(tx);
  }

  /**
   * Puts the partitions of events whose number became contiguous to work. The no-op update of a partition that is there takes
   * its row lock: see release_lane.
   */
  async openPartitions(tx: Tx, stream: Stream, upTo: number): Promise<void> {
    await sql`
      insert into inbox_lanes as known (consumer, lane)
      select distinct consumer, lane from inbox
      where producer = ${stream.producer} and generation = ${stream.generation}
        and sequence > ${stream.contiguous} and sequence <= ${upTo} and done_at is null
      order by consumer, lane
      on conflict (consumer, lane) do update set due_at = known.due_at`.execute(tx);
  }

  /**
   * Begins a generation in which everything up to `contiguous` counts as read, unless another replica has replaced
   * `known` already. What lay beyond a hole of the one before goes: where it still exists it comes again, in its order.
   */
  async beginStream(tx: Tx, known: Stream | undefined, next: { producer: ServiceName; epoch: Epoch; contiguous: number }): Promise<void> {
    const previous = await this.lockStream(tx, next.producer);
    if (previous?.generation !== known?.generation) return;
    if (previous) {
      await sql`
        delete from inbox where producer = ${next.producer} and generation = ${previous.generation}
          and sequence > ${previous.contiguous} and done_at is null`.execute(tx);
    }
    await sql`
      insert into received (producer, generation, epoch, contiguous)
      values (${next.producer}, ${(previous?.generation ?? 0) + 1}, ${next.epoch}, ${next.contiguous})
      on conflict do nothing`.execute(tx);
  }

  /** Remembers who reads here; the names that were not known. */
  async registerReaders(readers: ReadonlyArray<{ name: string; types: readonly string[] }>): Promise<readonly string[]> {
    const { rows } = await sql<{ name: string; added: boolean }>`
      insert into consumers (name, types)
      select name, types from jsonb_to_recordset(${JSON.stringify(readers)}::jsonb) as row (name text, types text[])
      on conflict (name) do update set types = excluded.types, seen_at = now()
      returning name, xmax = 0 as added`.execute(this.database.query());
    return rows.filter((row) => row.added).map((row) => row.name);
  }

  /** Forgets what was done long ago; the ids are kept longer than any outbox keeps its events. */
  async pruneEvents(keptDays: number, limit: number): Promise<number> {
    const { numAffectedRows } = await sql`
      delete from inbox where ctid = any(array(
        select ctid from inbox
        where done_at < now() - make_interval(days => ${keptDays}::integer) order by done_at limit ${limit}
      ))`.execute(this.database.query());
    return Number(numAffectedRows ?? 0);
  }
}

function streamOf(producer: ServiceName, row: ReceivedRow): Stream {
  return { producer, generation: row.generation, epoch: row.epoch, contiguous: row.contiguous, ahead: parseRanges(row.ahead) };
}
