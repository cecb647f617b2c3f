import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, type Tx } from '../database/database';
import type { Task } from './on-task';

/** The right to work a task until its lease ends; void as soon as somebody else claims it, which raises the fence. */
export interface TaskClaim extends Task {
  readonly traceparent: string | null;
  readonly fence: number;
  /** This attempt included. */
  readonly attempts: number;
  /** Why the attempt before failed. */
  readonly lastError: string | null;
}

export interface GivenUpTask {
  readonly kind: string;
  readonly key: string;
  readonly attempts: number;
  readonly lastError: string;
  readonly enqueuedAt: Date;
  readonly givenUpAt: Date;
}

export interface TaskBacklog {
  readonly kind: string;
  /** Tasks that are neither done nor given up. */
  readonly waiting: number;
  /** Seconds by which the oldest due task is late; 0 if none is due. */
  readonly lagSeconds: number;
  readonly givenUp: number;
}

interface NewTask extends Task { readonly traceparent: string | null; readonly dueAt: Date }

/** All times are the caller's, who has them from the Clock. */
@Injectable()
export class TasksRepository {
  constructor(private readonly database: Database) {}

  async addTask(tx: Tx, task: NewTask): Promise<void> {
    await sql`
      insert into tasks (kind, key, payload, traceparent, enqueued_at, due_at)
      values (${task.kind}, ${task.key}, ${JSON.stringify(task.payload ?? null)}::jsonb, ${task.traceparent}, ${task.enqueuedAt}, ${task.dueAt})
      on conflict (kind, key) do nothing`.execute(tx);
  }

  /** Claims what is due the longest. @param rooms how many of each kind at most */
  async claimTasks(rooms: ReadonlyMap<string, number>, owner: string, now: Date, leaseEnd: Date): Promise<readonly TaskClaim[]> {
    const { rows } = await sql<TaskClaim>`
      with due as materialized (
        select open.kind, waiting.key
        from unnest(${[...rooms.keys()]}::text[], ${[...rooms.values()]}::integer[]) as open (kind, room)
        cross join lateral (
          select key from tasks
          where tasks.kind = open.kind and due_at <= ${now} and done_at is null
          order by due_at limit open.room for no key update skip locked
        ) waiting
      )
      update tasks set owner = ${owner}, fence = fence + 1, attempts = attempts + 1, due_at = ${leaseEnd}
      from due where tasks.kind = due.kind and tasks.key = due.key
      returning tasks.kind, tasks.key, payload, traceparent, enqueued_at as "enqueuedAt", fence, attempts, last_error as "lastError"
      `.execute(this.database.query());
    return rows;
  }

  /** Voids every claim, whoever's it is. */
  async freeAllTasks(now: Date): Promise<void> {
    await sql`
      update tasks set owner = null, fence = fence + 1, due_at = ${now}
      where owner is not null and done_at is null`.execute(this.database.query());
  }

  /** False when the claim is void: then nothing that follows from the task may be written. */
  async markTaskDone(tx: Tx, claim: TaskClaim, now: Date): Promise<boolean> {
    const { numAffectedRows } = await sql`
      update tasks set done_at = ${now}, owner = null, last_error = null
      where kind = ${claim.kind} and key = ${claim.key} and fence = ${claim.fence}`.execute(tx);
    return numAffectedRows === 1n;
  }

  /** Gives the task back until `dueAt`, or gives it up when that is undefined; nothing when the claim is void. */
  async failTask(claim: TaskClaim, error: string, now: Date, dueAt: Date | undefined): Promise<void> {
    await sql`
      update tasks set owner = null, fence = fence + 1, last_error = ${error},
        due_at = coalesce(${dueAt ?? null}::timestamptz, 'infinity'), given_up_at = ${dueAt ? null : now}::timestamptz
      where kind = ${claim.kind} and key = ${claim.key} and fence = ${claim.fence}`.execute(this.database.query());
  }

  async givenUpTasks(kind: string | undefined): Promise<readonly GivenUpTask[]> {
    const { rows } = await sql<GivenUpTask>`
      select kind, key, attempts, last_error as "lastError", enqueued_at as "enqueuedAt", given_up_at as "givenUpAt"
      from tasks where given_up_at is not null and (${kind ?? null}::text is null or kind = ${kind ?? null})
      order by given_up_at`.execute(this.database.query());
    return rows;
  }

  /** Lets tasks that were given up be worked again, one or all of the kind; how many. */
  async replayTasks(tx: Tx, kind: string, key: string | undefined, now: Date): Promise<number> {
    const { numAffectedRows } = await sql`
      update tasks set given_up_at = null, attempts = 0, due_at = ${now}
      where kind = ${kind} and given_up_at is not null and (${key ?? null}::text is null or key = ${key ?? null})`.execute(tx);
    return Number(numAffectedRows ?? 0);
  }

  /** Counts a task that was given up as done without an effect; false when it was not given up. */
  async skipTask(tx: Tx, kind: string, key: string, now: Date): Promise<boolean> {
    const { numAffectedRows } = await sql`
      update tasks set given_up_at = null, done_at = ${now}
      where kind = ${kind} and key = ${key} and given_up_at is not null`.execute(tx);
    return numAffectedRows === 1n;
  }

  async taskBacklogs(now: Date): Promise<readonly TaskBacklog[]> {
    const { rows } = await sql<TaskBacklog>`
      select kind, count(*) - count(given_up_at) as waiting, count(given_up_at) as "givenUp",
        coalesce(extract(epoch from ${now} - min(due_at) filter (where due_at <= ${now})), 0)::float8 as "lagSeconds"
      from tasks where done_at is null group by kind`.execute(this.database.query());
    return rows;
  }

  /** Forgets tasks that were done or given up before then, at most `limit` of each; how many. */
  async pruneTasks(before: Date, limit: number): Promise<number> {
    const { numAffectedRows } = await sql`
      delete from tasks where ctid = any(array(
        (select ctid from tasks where done_at < ${before} order by done_at limit ${limit})
        union all (select ctid from tasks where given_up_at < ${before} order by given_up_at limit ${limit})
      ))`.execute(this.database.query());
    return Number(numAffectedRows ?? 0);
  }
}
