import { defineEvent, type Envelope } from '@muster/contracts/kernel/event';
import { int } from '@muster/contracts/kernel/integer';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database, Tx } from '../database/database';
import { Consume, type EventConsumer } from './consume';
import { fact, SnapshotOf, type AggregateState, type SnapshotSource } from './snapshot-of';

/** A producer's aggregate as the tests have it: a counter, changed by facts that say its present value. */
export const counted = defineEvent('matching.counter.counted.v1', { data: z.object({ value: int() }), example: { value: 1 } });

export const producerTables = 'create table counters (id text primary key, value integer not null)';
export const readerTables = `
  create table applied (position bigint generated always as identity primary key, aggregate text, version integer, value integer);
  create table copies (id text primary key, value integer not null, version integer not null)`;

/** A consumer that is no projection: it records each effect, so that lost, repeated and reordered ones are visible. */
@Injectable()
@Consume({ name: 'note-when-counted', events: [counted] })
export class NoteWhenCounted implements EventConsumer {
  failing: (event: Envelope) => boolean = () => false;

  async apply(tx: Tx, event: Envelope): Promise<void> {
    const { value } = event.data as { value: number };
    await sql`insert into applied (aggregate, version, value) values (${event.aggregateId}, ${event.aggregateVersion}, ${value})`.execute(tx);
    if (this.failing(event)) throw new Error('planted');
  }
}

@Injectable()
@Consume({ name: 'copy-when-counted', events: [counted], projection: true })
export class CopyWhenCounted implements EventConsumer<number> {
  async prepare(event: Envelope): Promise<number> {
    return (event.data as { value: number }).value;
  }

  async apply(tx: Tx, event: Envelope, value: number): Promise<void> {
    await sql`
      insert into copies (id, value, version) values (${event.aggregateId}, ${value}, ${event.aggregateVersion})
      on conflict (id) do update set value = excluded.value, version = excluded.version
      where copies.version <= excluded.version`.execute(tx);
  }

  async forgetVersions(tx: Tx): Promise<boolean> {
    const { numAffectedRows } = await sql`
      update copies set version = 0 where id in (select id from copies where version > 0 limit 2)`.execute(tx);
    return numAffectedRows !== 0n;
  }

  async deleteUnlisted(tx: Tx): Promise<boolean> {
    const { numAffectedRows } = await sql`delete from copies where version = 0`.execute(tx);
    return numAffectedRows !== 0n;
  }
}

@Injectable()
@SnapshotOf('counter')
export class CounterSnapshot implements SnapshotSource {
  async readSnapshotPage(after: string | undefined, limit: number, tx: Tx): Promise<readonly AggregateState[]> {
    const { rows } = await sql<{ id: string; value: number }>`
      select id, value from counters where id > ${after ?? ''} order by id limit ${limit}`.execute(tx);
    return rows.map((row) => ({ aggregateId: row.id, facts: [fact(counted, { value: row.value })] }));
  }
}

export interface Applied {
  aggregate: string;
  version: number;
  value: number;
}

export async function appliedIn(db: Database): Promise<Applied[]> {
  const { rows } = await sql<Applied>`select aggregate, version, value from applied order by position`.execute(db.query());
  return rows;
}

export async function copiesIn(db: Database): Promise<Record<string, number>> {
  const { rows } = await sql<{ id: string; value: number }>`select id, value from copies order by id`.execute(db.query());
  return Object.fromEntries(rows.map((row) => [row.id, row.value]));
}

/** The faults of the effects; empty if those of each aggregate are 1, 2, 3 … in order and once. */
export function faultsOf(applied: readonly Applied[]): string[] {
  const last = new Map<string, number>();
  return applied.flatMap(({ aggregate, version }) => {
    const expected = (last.get(aggregate) ?? 0) + 1;
    last.set(aggregate, version);
    return version === expected ? [] : [`${aggregate}: ${version} instead of ${expected}`];
  });
}
