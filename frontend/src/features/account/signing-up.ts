/**
 * What the code page needs of the page before it. The password stays in memory (a reload asks for it again only when
 * another code is wanted), the address outlives a reload.
 */
let password: string | null = null;
let dateOfBirth: string | null = null;

export const signingUp = {
  remember(email: string, secret: string, born: string): void {
    password = secret;
    dateOfBirth = born;
    sessionStorage.setItem('muster.signing-up', email);
  },
  email: (): string => sessionStorage.getItem('muster.signing-up') ?? '',
  again: (): { password: string; dateOfBirth: string } | null =>
    password !== null && dateOfBirth !== null ? { password, dateOfBirth } : null,
  forget(): void {
    password = null;
    dateOfBirth = null;
    sessionStorage.removeItem('muster.signing-up');
  },
};
