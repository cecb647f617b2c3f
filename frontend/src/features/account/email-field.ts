import type { ContractField } from '../../lib/forms/contract-fields';

/** The address as it is sent: a phone's keyboard puts a space behind what it completes. */
export const emailField: ContractField = { of: 'email', sent: (typed) => String(typed).trim() };
