import type { ConversationId } from '@muster/contracts/communication/ids';
import type { ConversationState } from '@muster/contracts/communication/views';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { JobId } from '@muster/contracts/matching/ids';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import type { ConversationTables } from './conversation.schema';

export interface Membership {
  readonly personId: PersonId;
  readonly readUpTo: number;
}
export interface Conversation {
  readonly conversationId: ConversationId;
  readonly kind: 'direct' | 'job' | 'crew';
  readonly state: ConversationState;
  readonly jobId: JobId | null;
  readonly lastSequence: number;
  readonly updatedAt: Date;
  readonly members: readonly Membership[];
}
/** Where a page of a person's conversations ended. */
export type ListPosition = readonly [updatedAt: string, conversation: ConversationId];

@Injectable()
export class ConversationsRepository {
  constructor(private readonly database: Database) {}

  /** Returns false if the conversation exists already. */
  async insertConversation(
    tx: Tx,
    conversation: { id: ConversationId; kind: 'direct' | 'job' | 'crew'; jobId: JobId | null; members: readonly PersonId[] },
    now: Date,
  ): Promise<boolean> {
    const tables = tablesOf<ConversationTables>(tx);
    const inserted = await tables
      .insertInto('conversations')
      .values({
        conversation_id: conversation.id,
        kind: conversation.kind,
        state: 'open',
        job_id: conversation.jobId,
        last_sequence: 0,
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.column('conversation_id').doNothing())
      .returning('conversation_id')
      .execute();
    if (inserted.length === 0) return false;
    await tables
      .insertInto('members')
      .values(
        conversation.members.map((person) => ({
          conversation_id: conversation.id,
          person_id: person,
          read_up_to: 0,
          updated_at: now,
        })),
      )
      .execute();
    return true;
  }

  /** Returns undefined if the conversation does not exist or `member` is not in it; callers cannot tell the two apart. */
  async findConversationFor(member: PersonId, id: ConversationId): Promise<Conversation | undefined> {
    return (await read(this.database.query<ConversationTables>(), member, [id]))[0];
  }

  /**
   * Like {@link findConversationFor}, but locks the conversation's row until the end of `tx`. Sequences are given out
   * under this lock.
   */
  async lockConversationFor(tx: Tx, member: PersonId, id: ConversationId): Promise<Conversation | undefined> {
    const tables = tablesOf<ConversationTables>(tx);
    await tables.selectFrom('conversations').select('conversation_id').where('conversation_id', '=', id).forNoKeyUpdate().execute();
    return (await read(tables, member, [id]))[0];
  }

  async pageOfConversations(member: PersonId, after: ListPosition | undefined, limit: number): Promise<Conversation[]> {
    const tables = this.database.query<ConversationTables>();
    let query = tables.selectFrom('members').select('conversation_id').where('person_id', '=', member);
    if (after) query = query.where(sql<boolean>`(updated_at, conversation_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
    const rows = await query.orderBy('updated_at', 'desc').orderBy('conversation_id', 'desc').limit(limit).execute();
    const ids = rows.map((row) => row.conversation_id);
    const found = new Map((await read(tables, member, ids)).map((one) => [one.conversationId, one]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** Records that a message was written, which moves the conversation up in the list of every member. */
  async advanceSequence(tx: Tx, id: ConversationId, sequence: number, now: Date): Promise<void> {
    const tables = tablesOf<ConversationTables>(tx);
    await tables.updateTable('conversations').set({ last_sequence: sequence, updated_at: now }).where('conversation_id', '=', id).execute();
    await tables.updateTable('members').set({ updated_at: now }).where('conversation_id', '=', id).execute();
  }

  /** Returns false if the member had read as far before. */
  async markConversationRead(tx: Tx, id: ConversationId, member: PersonId, sequence: number): Promise<boolean> {
    const changed = await tablesOf<ConversationTables>(tx)
      .updateTable('members')
      .set({ read_up_to: sequence })
      .where('conversation_id', '=', id)
      .where('person_id', '=', member)
      .where('read_up_to', '<', sequence)
      .returning('person_id')
      .execute();
    return changed.length === 1;
  }

  /** Reads a page in the order of ids, for a snapshot. */
  async snapshotPage(tx: Tx, after: string | undefined, limit: number) {
    const tables = tablesOf<ConversationTables>(tx);
    let query = tables.selectFrom('conversations').select(['conversation_id', 'job_id']);
    if (after) query = query.where('conversation_id', '>', after as ConversationId);
    const rows = await query.orderBy('conversation_id').limit(limit).execute();
    const members = await membersOf(tables, rows.map((row) => row.conversation_id));
    return rows.map((row) => ({
      conversationId: row.conversation_id,
      jobId: row.job_id,
      members: (members.get(row.conversation_id) ?? []).map((one) => one.personId),
    }));
  }
}

async function read(tables: Kysely<ConversationTables>, member: PersonId, ids: ConversationId[]): Promise<Conversation[]> {
  if (ids.length === 0) return [];
  const rows = await tables
    .selectFrom('conversations')
    .innerJoin('members', 'members.conversation_id', 'conversations.conversation_id')
    .selectAll('conversations')
    .where('members.person_id', '=', member)
    .where('conversations.conversation_id', 'in', ids)
    .execute();
  const members = await membersOf(tables, rows.map((row) => row.conversation_id));
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    kind: row.kind,
    state: row.state,
    jobId: row.job_id,
    lastSequence: row.last_sequence,
    updatedAt: row.updated_at,
    members: members.get(row.conversation_id) ?? [],
  }));
}

async function membersOf(tables: Kysely<ConversationTables>, ids: ConversationId[]): Promise<Map<ConversationId, Membership[]>> {
  const byConversation = new Map<ConversationId, Membership[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return byConversation;
  const rows = await tables
    .selectFrom('members')
    .select(['conversation_id', 'person_id', 'read_up_to'])
    .where('conversation_id', 'in', ids)
    .orderBy('person_id')
    .execute();
  for (const row of rows) byConversation.get(row.conversation_id)?.push({ personId: row.person_id, readUpTo: row.read_up_to });
  return byConversation;
}
