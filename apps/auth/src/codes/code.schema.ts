import type { PersonId } from '@muster/contracts/kernel/ids';

export interface CodesTable {
  code_id: string;
  purpose: string;
  /** Data class contact. */
  email_key: string;
  person_id: PersonId;
  /** Data class secret. */
  mac: Buffer;
  /** MAC of the secret that the asking browser holds. */
  browser: Buffer | null;
  tries: number;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
}
interface QuotasTable {
  /** MAC of an address, or of an address and the network that asked. */
  login: Buffer;
  sent_at: Date[];
  last_at: Date;
}

export interface CodeTables {
  one_time_codes: CodesTable;
  code_quotas: QuotasTable;
}
