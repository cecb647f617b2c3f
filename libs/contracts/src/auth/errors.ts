import { z } from 'zod';
import { int } from '../kernel/integer';
import { defineErrors } from '../kernel/problem';

export const authErrors = defineErrors('auth', {
  underAge: { status: 422, title: 'Muster is for people of 18 and over' },
  /** The same answer for a wrong, a used and an expired code. */
  codeNotRight: { status: 401, title: 'That code is not right, or it is too old' },
  /**
   * A code works only in the browser that asked for it, because the reader of the mail may not be the person who chose
   * the password.
   */
  askForCodeHere: { status: 409, title: 'Ask for a code here: a code works only in the browser that asked for it' },
  /** The same answer, after the same time, for an unknown account and a wrong password. */
  credentialsNotRight: { status: 401, title: 'E-mail or password is not right' },
  signedOut: { status: 401, title: 'This device is signed out' },
  codesUsedUp: {
    status: 429,
    title: 'No more codes for now',
    params: z.object({ limit: int(), retryAfterSeconds: int() }),
  },
});
