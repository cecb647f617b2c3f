import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { deleteInBatches } from '@muster/platform/database/delete-in-batches';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { MailsTable, MailTables } from './mail.schema';

@Injectable()
export class MailsRepository {
  constructor(private readonly database: Database) {}

  async insertMail(tx: Tx, mail: MailsTable): Promise<void> {
    await tablesOf<MailTables>(tx).insertInto('mails').values(mail).execute();
  }

  findMail(mailId: string): Promise<MailsTable | undefined> {
    return this.database.query<MailTables>().selectFrom('mails').selectAll().where('mail_id', '=', mailId).executeTakeFirst();
  }

  async deleteMail(tx: Tx, mailId: string): Promise<void> {
    await tablesOf<MailTables>(tx).deleteFrom('mails').where('mail_id', '=', mailId).execute();
  }

  /** Newest first. */
  listLatestMails(limit: number): Promise<MailsTable[]> {
    return this.database.query<MailTables>().selectFrom('mails').selectAll().orderBy('created_at', 'desc').orderBy('mail_id', 'desc').limit(limit).execute();
  }

  async deleteMailsBefore(before: Date): Promise<void> {
    await deleteInBatches(this.database, 'mails', sql`created_at < ${before}`);
  }
}
