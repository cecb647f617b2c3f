export interface MailsTable {
  mail_id: string;
  /** Contact and secret: recipient, subject and body, sealed. */
  sealed: Buffer;
  created_at: Date;
}

export interface MailTables {
  mails: MailsTable;
}
