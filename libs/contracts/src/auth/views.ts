import { z } from 'zod';
import { roles } from '../kernel/access';
import { personId, sessionId } from '../kernel/ids';
import { storable } from '../kernel/text';
import { civilDate, instant } from '../kernel/time';

/**
 * Addresses that mail can be sent to without conversion (RFC 5321): a dot-atom of at most 64 characters, any of those
 * that RFC 5322 allows in it, at a domain of two labels or more. An internationalized domain comes in punycode,
 * including its top-level domain. The usual pattern is too strict: it refuses `&` and `xn--h2brj9c`.
 */
const atoms = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const topLevel = '(?:[A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9-]{0,58}[A-Za-z0-9])';
const deliverable = new RegExp(`^(?=[^@]{1,64}@)${atoms}(?:\\.${atoms})*@(?:${label}\\.)+${topLevel}$`);

/** An address, stored as it was typed and compared in lower case. */
export const email = z.email({ pattern: deliverable }).max(254).meta({ dataClass: 'contact' });
/** Text that cannot be typed is refused, because all lone surrogates would have the same hash. */
const secretText = (min: number) =>
  z.string().min(min).max(200).refine(storable, 'holds a character that cannot be typed').meta({ dataClass: 'secret' });
export const password = secretText(10);
/** Earlier passwords may be shorter than new ones have to be. */
export const givenPassword = secretText(1);
/** A mailed code of six digits, valid for ten minutes and three tries. */
export const oneTimeCode = z.string().regex(/^\d{6}$/, 'must be six digits').meta({ dataClass: 'secret' });
/** Roles that a person may take without asking anybody. */
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
  /** Browser and system according to the user agent; null if it is unknown. */
  device: z.string().max(120).nullable(),
  current: z.boolean(),
  startedAt: instant,
  lastUsedAt: instant,
});

export const devMail = z.object({ to: z.string(), subject: z.string(), body: z.string(), sentAt: instant });
