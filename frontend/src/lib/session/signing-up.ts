import type { TabStorage } from './storage';

export interface SigningUp {
  remember(email: string, password: string, dateOfBirth: string): void;
  /** The address that is signing up in this tab; empty where nobody is. */
  email(): string;
  /** What is sent to ask for another code; null after a reload, when it has to be typed again. */
  again(): { password: string; dateOfBirth: string } | null;
  forget(): void;
}

/** Keeps what the code page needs of the sign-up page. The address outlives a reload; the password stays in memory. */
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
