import type { Epoch } from '@muster/contracts/kernel/event';
import type { PersonId, SessionId } from '@muster/contracts/kernel/ids';
import type { Generated } from 'kysely';

export interface RevocationsTable {
  sequence: number;
  person_id: PersonId;
  session_id: SessionId | null;
  issued_before: Date;
}
interface HeadTable {
  only_row: Generated<boolean>;
  epoch: Epoch;
  head: number;
}

export interface RevocationTables {
  revocations: RevocationsTable;
  revocation_head: HeadTable;
}
