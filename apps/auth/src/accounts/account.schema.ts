import type { Hat } from '@muster/contracts/auth/views';
import type { Role } from '@muster/contracts/kernel/access';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Generated } from 'kysely';
import type { AccountState } from './account.rules';

export type Locale = 'en' | 'hi';

export interface AccountsTable {
  person_id: PersonId;
  /** Data class contact: the address as it was typed. */
  email: string;
  /** Data class contact: the address in lower case. */
  email_key: string;
  /** Data class secret. */
  password_hash: string;
  /** Data class personal. */
  date_of_birth: string;
  locale: Locale;
  state: AccountState;
  hats: Generated<Hat[]>;
  grants: Generated<Role[]>;
  created_at: Date;
  activated_at: Date | null;
  /** A whole second. Tokens issued before it state roles that the account no longer has. */
  tokens_from: Generated<Date | null>;
}

export interface AccountTables {
  accounts: AccountsTable;
}
