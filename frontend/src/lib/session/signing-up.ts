import type { TabStorage } from './storage';

export interface SigningUp {
  remember(email: string, password: string, dateOfBirth: string): void;
  /** Empty where nobody is signing up in this tab. */
  email(): string;
  /** What another code is asked for with; null after a reload, when it has to be typed again. */
  again(): { password: string; dateOfBirth: string } | null;
  forget(): void;
}

/** What the code page needs of the page before it: the address outlives a reload, the password stays in memory. */
export function createSigningUp(tab: TabStorage): SigningUp {
  let typed: { password: string; dateOfBirth: string } | null = null;
  return {
    remember(email, password, dateOfBirth) {
      typed = { password, dateOfBirth };
      tab.write('signing-up', email);
    },
    email: () => tab.read('signing-up') ?? '',
    again: () => typed,
    forget() {
      typed = null;
      tab.write('signing-up', null);
    },
  };
}
