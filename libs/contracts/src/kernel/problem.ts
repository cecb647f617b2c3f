import { z } from 'zod';
import { int } from './integer';

/** RFC 9457 problem details as every service answers them, `application/problem+json`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: int({ min: 400, max: 599 }),
  detail: z.string().optional(),
  instance: z.string().optional(),
  /** A stable, machine-readable code `<service>.<name>`, by which a client decides and translates. */
  code: z.string(),
  traceId: z.string(),
  /** Facts that the words of the answer need, by name; declared with the error. */
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** The fields at fault, by JSON pointer into body, query or params: `/body/lines/0/count`. */
  errors: z.array(z.object({ pointer: z.string(), message: z.string(), code: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

export interface ErrorDefinition<Params extends z.ZodType = z.ZodType> {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly params: Params;
}

type ErrorTable = Record<string, { status: number; title: string; params?: z.ZodObject }>;

type Defined<Table extends ErrorTable> = {
  readonly [Name in keyof Table]: ErrorDefinition<
    Table[Name]['params'] extends z.ZodObject ? Table[Name]['params'] : z.ZodObject<Record<never, never>>
  >;
};

/**
 * A service's table of errors, one per slice. The code of each is `<scope>.<name in snake case>`.
 *
 * @param scope the service, or `platform`
 */
export function defineErrors<const Table extends ErrorTable>(scope: string, table: Table): Defined<Table> {
  const entries = Object.entries(table).map(([name, error]) => [
    name,
    {
      code: `${scope}.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
      status: error.status,
      title: error.title,
      params: error.params ?? z.object({}),
    },
  ]);
  return Object.fromEntries(entries) as Defined<Table>;
}

/** Errors that any route of any service may answer besides its own. */
export const platformErrors = defineErrors('platform', {
  invalidRequest: { status: 400, title: 'The request does not fit its description' },
  unreadableBody: { status: 400, title: 'The body is not readable JSON' },
  staleCursor: { status: 400, title: 'The cursor belongs to another query' },
  notSignedIn: { status: 401, title: 'Sign in first' },
  notAllowed: { status: 403, title: 'Not for this account' },
  notFound: { status: 404, title: 'Nothing here' },
  methodNotAllowed: { status: 405, title: 'This address does not answer that method' },
  requestTooSlow: { status: 408, title: 'The request did not arrive in time' },
  conflict: { status: 409, title: 'It was changed meanwhile' },
  keyReused: { status: 409, title: 'The Idempotency-Key was used with another body' },
  bodyTooLarge: { status: 413, title: 'The body is too large', params: z.object({ maxBytes: int() }) },
  unsupportedMediaType: { status: 415, title: 'Send application/json' },
  versionRequired: { status: 428, title: 'Send If-Match with the version you saw' },
  tooMany: { status: 429, title: 'Too many requests', params: z.object({ limit: int(), retryAfterSeconds: int() }) },
  /** A limit for abuse: which one, how many it allows, and when it lifts. */
  limitReached: {
    status: 429,
    title: 'That is as much as is allowed for now',
    params: z.object({ name: z.string(), limit: int(), retryAfterSeconds: int(), liftsAt: z.string() }),
  },
  internal: { status: 500, title: 'Something went wrong on our side' },
  overloaded: { status: 503, title: 'Busy right now, try again shortly' },
  unavailable: { status: 503, title: 'A part that this needs does not answer right now' },
  signInCutOff: { status: 503, title: 'Changes are paused until sign-ins can be checked again' },
});
