import { intFromText } from '@muster/contracts/kernel/integer';
import { z } from 'zod';

/** A variable whose value never is printed, and which may come as a file: `NAME_FILE=/run/secrets/name`. */
export function secret<Schema extends z.ZodType>(schema: Schema): Schema {
  return schema.meta({ ...schema.meta(), secret: true }) as Schema;
}

export function isSecret(schema: z.ZodType): boolean {
  for (let inner: z.ZodType | undefined = schema; inner; inner = innerOf(inner)) {
    if (inner.meta()?.['secret'] === true) return true;
  }
  return false;
}

/** The schema inside optional(), default() and the like. */
export function innerOf(schema: z.ZodType): z.ZodType | undefined {
  const definition = schema.def as { innerType?: z.ZodType };
  return definition.innerType;
}

/** `true`, `1`, `yes`, `on` and their opposites; anything else is a fault. */
export const flag = z.stringbool();

/** `a, b ,c` as a list; empty is the empty list. */
export const list = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()).filter((part) => part !== ''));

/** A version or a commit: it stands in every log line, so that it is short and plain. */
export const releaseFact = z.string().regex(/^[\w.+-]{1,64}$/, 'must be letters, digits, dots, plus and minus, at most 64').optional();

export const port = intFromText({ min: 0, max: 65_535 });
export const seconds = z.coerce.number().min(0).max(3600);
export const share = z.coerce.number().min(0).max(1);
const origin = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin);

/** The names of this machine, whose pages browsers trust without TLS. */
export const namesOfThisMachine: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The address at which browsers reach Muster. Over plain http they store no secure cookie and run no service worker, so
 * nobody could stay signed in.
 */
export const publicOrigin = origin.refine((value) => {
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || namesOfThisMachine.includes(hostname) || hostname.endsWith('.localhost');
}, 'must be https:// for any host but localhost, or browsers will keep nobody signed in');

/** The address of a PostgreSQL database; holds a password, hence secret. */
export const postgresUrl = secret(z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address'));
