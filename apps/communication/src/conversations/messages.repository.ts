import type { ClientMessageId, ConversationId } from '@muster/contracts/communication/ids';
import type { message } from '@muster/contracts/communication/views';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { MessageTables } from './message.schema';

export type Message = z.input<typeof message>;

@Injectable()
export class MessagesRepository {
  constructor(private readonly database: Database) {}

  async insertMessage(tx: Tx, message: Omit<Message, 'sentAt'> & { sentAt: Date }): Promise<void> {
    await tablesOf<MessageTables>(tx)
      .insertInto('messages')
      .values({
        conversation_id: message.conversationId as ConversationId,
        sequence: message.sequence,
        sender: message.sender as PersonId,
        client_id: message.clientId as ClientMessageId,
        text: message.text,
        sent_at: message.sentAt,
      })
      .execute();
  }

  async findMessageByClientId(
    tx: Tx,
    conversation: ConversationId,
    sender: PersonId,
    clientId: ClientMessageId,
  ): Promise<Message | undefined> {
    const row = await tablesOf<MessageTables>(tx)
      .selectFrom('messages')
      .selectAll()
      .where('conversation_id', '=', conversation)
      .where('sender', '=', sender)
      .where('client_id', '=', clientId)
      .executeTakeFirst();
    return row && viewOf(row);
  }

  /** Reads messages, oldest first: those after a sequence, the last ones before a sequence, or the latest. */
  async pageOfMessages(conversation: ConversationId, range: { after?: number; before?: number }, limit: number): Promise<Message[]> {
    let query = this.database.query<MessageTables>().selectFrom('messages').selectAll().where('conversation_id', '=', conversation);
    if (range.after !== undefined) {
      const rows = await query.where('sequence', '>', range.after).orderBy('sequence').limit(limit).execute();
      return rows.map(viewOf);
    }
    if (range.before !== undefined) query = query.where('sequence', '<', range.before);
    const rows = await query.orderBy('sequence', 'desc').limit(limit).execute();
    return rows.reverse().map(viewOf);
  }

  /** Reads the last message of each conversation by its number, which is one row however long the conversation is. */
  async listLastMessages(conversations: ReadonlyArray<{ conversationId: ConversationId; lastSequence: number }>): Promise<Map<string, Message>> {
    if (conversations.length === 0) return new Map();
    const ids = conversations.map((one) => one.conversationId);
    const sequences = conversations.map((one) => one.lastSequence);
    const { rows } = await sql<MessageTables['messages']>`
      select messages.* from unnest(${ids}::uuid[], ${sequences}::integer[]) as last (conversation_id, sequence)
      join messages using (conversation_id, sequence)`.execute(this.database.query<MessageTables>());
    return new Map(rows.map((row) => [row.conversation_id, viewOf(row)]));
  }
}

function viewOf(row: MessageTables['messages']): Message {
  return {
    conversationId: row.conversation_id,
    sequence: row.sequence,
    clientId: row.client_id,
    sender: row.sender,
    text: row.text,
    sentAt: row.sent_at.toISOString(),
  };
}
