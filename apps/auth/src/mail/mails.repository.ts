import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { deleteInBatches } from '@muster/platform/database/delete-in-batches';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';

interface MailsTable {
  mail_id: string;
  /** Contact and secret: recipient, subject and body, sealed. */
  sealed: Buffer;
  created_at: Date;
}

interface Tables {
  mails: MailsTable;
}

@Injectable()
export class MailsRepository {
  constructor(private readonly database: Database) {}

  async insertMail(tx: Tx, mail: MailsTable): Promise<void> {
    await tablesOf<Tables>(tx).insertInto('mails').values(mail).execute();
  }

  findMail(mailId: string): Promise<MailsTable | undefined> {
    return this.database.query<Tables>().selectFrom('mails').selectAll().where('mail_id', '=', mailId).executeTakeFirst();
  }

  async deleteMail(tx: Tx, mailId: string): Promise<void> {
    await tablesOf<Tables>(tx).deleteFrom('mails').where('mail_id', '=', mailId).execute();
  }

  /** Newest first. */
  listLatestMails(limit: number): Promise<MailsTable[]> {
    return this.database.query<Tables>().selectFrom('mails').selectAll().orderBy('created_at', 'desc').orderBy('mail_id', 'desc').limit(limit).execute();
  }

  async deleteMailsBefore(before: Date): Promise<void> {
    await deleteInBatches(this.database, 'mails', sql`created_at < ${before}`);
  }
}
