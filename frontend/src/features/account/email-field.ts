import type { ContractField } from '../../lib/forms/contract-fields';

/** The form field for an e-mail address. It is trimmed, because the keyboard of a phone puts a space behind what it completes. */
export const emailField: ContractField = { of: 'email', sent: (typed) => String(typed).trim() };
