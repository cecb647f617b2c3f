import type { SessionId, PersonId } from '@muster/contracts/kernel/ids';

export type EndReason = 'signed_out' | 'ended_by_owner' | 'reuse' | 'ahead' | 'restored';

export interface SessionsTable {
  session_id: SessionId;
  person_id: PersonId;
  number: number;
  key_id: string;
  rotated_at: Date;
  attempt: Buffer | null;
  /** Personal. */
  device: string | null;
  started_at: Date;
  last_used_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  ended_because: EndReason | null;
}

export interface SessionTables {
  sessions: SessionsTable;
}
