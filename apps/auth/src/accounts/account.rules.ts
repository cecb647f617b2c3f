import type { Hat } from '@muster/contracts/auth/views';
import type { Role } from '@muster/contracts/kernel/access';
import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import { NEW_ACCOUNT_DAYS } from '@muster/contracts/kernel/limits';

export const accountStates = ['pending', 'active', 'locked', 'suspended', 'deletion_requested', 'erasing', 'erased'] as const;
export type AccountState = (typeof accountStates)[number];

const next: Readonly<Record<AccountState, readonly AccountState[]>> = {
  pending: ['active'],
  active: ['locked', 'suspended', 'deletion_requested'],
  locked: ['active', 'deletion_requested'],
  suspended: ['active', 'deletion_requested'],
  deletion_requested: ['active', 'erasing'],
  erasing: ['erased'],
  erased: [],
};

export function mayBecome(from: AccountState, to: AccountState): boolean {
  return next[from].includes(to);
}

/**
 * Accounts in these states may hold sessions. During the seven days after a deletion was requested, its owner may sign
 * in to take the request back.
 */
export function maySignIn(state: AccountState): boolean {
  return state === 'active' || state === 'deletion_requested';
}

const ADULT_AGE = 18;
const OLDEST_AGE = 125;

/** Whole years between two civil dates; somebody born on 29 February grows older on 1 March. */
export function ageOn(birth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) >= birth.slice(5) ? years : years - 1;
}

export type AgeJudgement = 'adult' | 'under_age' | 'impossible';

export function judgeAge(birth: string, today: string): AgeJudgement {
  const age = ageOn(birth, today);
  if (age > OLDEST_AGE) return 'impossible';
  return age >= ADULT_AGE ? 'adult' : 'under_age';
}

/** Until when an account counts as new; null for one whose address was never confirmed. */
export function newUntil(activatedAt: Date | null): Date | null {
  return activatedAt && new Date(activatedAt.getTime() + NEW_ACCOUNT_DAYS * DAY_MS);
}

/** The roles of a token: hats first, then grants, each once, so that their order never varies. */
export function rolesOf(hats: readonly Hat[], grants: readonly Role[]): Role[] {
  return [...new Set<Role>([...hats, ...grants])];
}

export function withHat(hats: readonly Hat[], hat: Hat): Hat[] {
  return hats.includes(hat) ? [...hats] : [...hats, hat].sort();
}

export function withoutHat(hats: readonly Hat[], hat: Hat): Hat[] {
  return hats.filter((worn) => worn !== hat);
}

/** The key of an address, which is the same for all of its spellings. */
export function emailKeyOf(email: string): string {
  return email.toLowerCase();
}
