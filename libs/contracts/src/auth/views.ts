import { z } from 'zod';
import { roles } from '../kernel/access';
import { personId, sessionId } from '../kernel/ids';
import { storable } from '../kernel/text';
import { civilDate, instant } from '../kernel/time';

/**
 * The addresses that mail can go to as they stand (RFC 5321): a dot-atom of at most 64 characters, any of those that
 * RFC 5322 allows in it, at a domain of two labels or more. An internationalized domain comes in punycode, its
 * top-level domain too. Looser and stricter patterns are about: the usual one refuses `&` and `xn--h2brj9c`.
 */
const atoms = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const topLevel = '(?:[A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9-]{0,58}[A-Za-z0-9])';
const deliverable = new RegExp(`^(?=[^@]{1,64}@)${atoms}(?:\\.${atoms})*@(?:${label}\\.)+${topLevel}$`);

/** Kept as typed; compared in lower case. */
export const email = z.email({ pattern: deliverable }).max(254).meta({ dataClass: 'contact' });
/** What cannot be typed is refused: lone surrogates would all hash alike. */
const secretText = (min: number) =>
  z.string().min(min).max(200).refine(storable, 'holds a character that cannot be typed').meta({ dataClass: 'secret' });
export const password = secretText(10);
/** Older passwords may be shorter than what is asked of new ones. */
export const givenPassword = secretText(1);
/** Six digits, mailed; ten minutes, three tries. */
export const oneTimeCode = z.string().regex(/^\d{6}$/, 'must be six digits').meta({ dataClass: 'secret' });
/** Hats that a person puts on without asking anybody. */
export const hat = z.enum(['worker', 'contractor']);
export type Hat = z.infer<typeof hat>;
export const locale = z.enum(['en', 'hi']);

export const signedIn = z.object({
  accessToken: z.string(),
  expiresAt: instant,
  personId,
  sessionId,
  roles: z.array(z.enum(roles)),
});

export const account = z.object({
  personId,
  email,
  dateOfBirth: civilDate.meta({ dataClass: 'personal' }),
  locale,
  roles: z.array(z.enum(roles)),
  createdAt: instant,
});

export const session = z.object({
  sessionId,
  /** Browser and system as the user agent tells them; null when it tells nothing known. */
  device: z.string().max(120).nullable(),
  current: z.boolean(),
  startedAt: instant,
  lastUsedAt: instant,
});

export const devMail = z.object({ to: z.string(), subject: z.string(), body: z.string(), sentAt: instant });
