import type { EventId, PersonId } from '@muster/contracts/kernel/ids';
import type { NoticeId, Topic } from '@muster/contracts/notification/views';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { deleteInBatches } from '@muster/platform/database/delete-in-batches';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { NoticeTables } from './notice.schema';

export interface Notice {
  readonly noticeId: NoticeId;
  readonly topic: Topic;
  readonly key: string;
  readonly subject: Record<string, string>;
  readonly createdAt: Date;
  readonly seenAt: Date | null;
}
export interface NewNotice extends Omit<Notice, 'seenAt'> {
  readonly person: PersonId;
  readonly eventId: EventId;
  readonly collapse: string | null;
}
/** The position at which a page of an inbox ended. */
export type InboxPosition = readonly [createdAt: string, notice: NoticeId];

@Injectable()
export class NoticesRepository {
  constructor(private readonly database: Database) {}

  /**
   * Inserts the notices of one event. Each replaces an unseen notice of its recipient with the same `collapse`.
   *
   * @returns the new notices; recipients who were notified about the event before are left out
   */
  async insertNotices(tx: Tx, notices: readonly NewNotice[]): Promise<NewNotice[]> {
    const [first] = notices;
    if (!first) return [];
    const tables = tablesOf<NoticeTables>(tx);
    if (first.collapse !== null) {
      await tables
        .deleteFrom('notices')
        .where('person_id', 'in', notices.map(({ person }) => person))
        .where('collapse', '=', first.collapse)
        .where('seen_at', 'is', null)
        .execute();
    }
    const posted = await tables
      .insertInto('notices')
      .values(
        notices.map((notice) => ({
          notice_id: notice.noticeId,
          person_id: notice.person,
          event_id: notice.eventId,
          topic: notice.topic,
          key: notice.key,
          subject: sql`${JSON.stringify(notice.subject)}::jsonb`,
          collapse: notice.collapse,
          created_at: notice.createdAt,
          seen_at: null,
        })),
      )
      .onConflict((conflict) => conflict.columns(['person_id', 'event_id']).doNothing())
      .returning('notice_id')
      .execute();
    const ids = new Set(posted.map((row) => row.notice_id));
    return notices.filter(({ noticeId }) => ids.has(noticeId));
  }

  async pageOfNotices(person: PersonId, after: InboxPosition | undefined, limit: number): Promise<Notice[]> {
    let query = this.database.query<NoticeTables>().selectFrom('notices').selectAll().where('person_id', '=', person);
    if (after) query = query.where(sql<boolean>`(created_at, notice_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
    const rows = await query.orderBy('created_at', 'desc').orderBy('notice_id', 'desc').limit(limit).execute();
    return rows.map(noticeOf);
  }

  async countUnseenNotices(person: PersonId): Promise<number> {
    const row = await this.database
      .query<NoticeTables>()
      .selectFrom('notices')
      .select(({ fn }) => fn.countAll<string>().as('unseen'))
      .where('person_id', '=', person)
      .where('seen_at', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(row.unseen);
  }

  /**
   * Marks the notice as seen and keeps an earlier time; returns undefined if it does not exist or belongs to somebody
   * else, which callers cannot tell apart.
   */
  async markNoticeSeen(person: PersonId, notice: NoticeId, now: Date): Promise<Notice | undefined> {
    const row = await this.database
      .query<NoticeTables>()
      .updateTable('notices')
      .set({ seen_at: sql`coalesce(seen_at, ${now})` })
      .where('notice_id', '=', notice)
      .where('person_id', '=', person)
      .returningAll()
      .executeTakeFirst();
    return row && noticeOf(row);
  }

  /** Marks the notices made up to `upTo`; later ones were not shown yet. */
  async markAllNoticesSeen(person: PersonId, upTo: Date, now: Date): Promise<void> {
    await this.database
      .query<NoticeTables>()
      .updateTable('notices')
      .set({ seen_at: now })
      .where('person_id', '=', person)
      .where('seen_at', 'is', null)
      .where('created_at', '<=', upTo)
      .execute();
  }

  async deleteNoticesBefore(moment: Date): Promise<void> {
    await deleteInBatches(this.database, 'notices', sql`created_at < ${moment}`);
  }

  /** Marks the notice of a conversation as seen if it is about a message up to `sequence`. */
  async markMessageNoticeSeen(tx: Tx, person: PersonId, collapse: string, sequence: number, now: Date): Promise<NoticeId | undefined> {
    const row = await tablesOf<NoticeTables>(tx)
      .updateTable('notices')
      .set({ seen_at: now })
      .where('person_id', '=', person)
      .where('collapse', '=', collapse)
      .where('seen_at', 'is', null)
      // Notices of earlier releases lack the sequence and count as the oldest.
      .where(sql<boolean>`coalesce((subject ->> 'sequence')::integer, 0) <= ${sequence}`)
      .returning('notice_id')
      .executeTakeFirst();
    return row?.notice_id;
  }

  /** Reads the notices of all people, ascending by id. */
  snapshotPage(tx: Tx, after: string | undefined, limit: number): Promise<{ noticeId: NoticeId; person: PersonId; topic: Topic }[]> {
    let query = tablesOf<NoticeTables>(tx).selectFrom('notices').select(['notice_id as noticeId', 'person_id as person', 'topic']);
    if (after !== undefined) query = query.where('notice_id', '>', after as NoticeId);
    return query.orderBy('notice_id').limit(limit).execute();
  }
}

function noticeOf(row: NoticeTables['notices']): Notice {
  return {
    noticeId: row.notice_id,
    topic: row.topic,
    key: row.key,
    subject: row.subject,
    createdAt: row.created_at,
    seenAt: row.seen_at,
  };
}
