import { z } from 'zod';
import { int } from '../kernel/integer';
import { defineErrors } from '../kernel/problem';

export const authErrors = defineErrors('auth', {
  underAge: { status: 422, title: 'Muster is for people of 18 and over' },
  /** One answer for a wrong code, a used one and an old one. */
  codeNotRight: { status: 401, title: 'That code is not right, or it is too old' },
  /** A code works only where it was asked for: whoever reads the mail may not be the one who chose the password elsewhere. */
  askForCodeHere: { status: 409, title: 'Ask for a code here: a code works only in the browser that asked for it' },
  /** One answer for an unknown account and a wrong password, after the same time. */
  credentialsNotRight: { status: 401, title: 'E-mail or password is not right' },
  signedOut: { status: 401, title: 'This device is signed out' },
  codesUsedUp: {
    status: 429,
    title: 'No more codes for now',
    params: z.object({ limit: int(), retryAfterSeconds: int() }),
  },
});
