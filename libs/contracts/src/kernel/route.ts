import { z } from 'zod';
import type { Access, RateClass } from './access';
import type { Limit } from './limits';
import type { ErrorDefinition } from './problem';

export type ReadMethod = 'GET';
export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type NoFields = z.ZodObject<Record<never, never>>;

/** The body of a route that takes none. It has to be named, so that no body is left out by accident. */
export const noBody = z.strictObject({});
/** The response of a route without content: 204. */
export const noContent = z.void();

/** What a caller sends; the shape that handlers receive and tests build. */
export interface RequestParts<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
}

/**
 * How a request is answered that is sent again with the same key, version and body.
 *
 * - `same`: as the first time, and nothing happens twice. All but a few routes are like that.
 * - `single-use`: it is refused, for what it presents counts once, such as a code.
 * - `ends-session`: as the first time, until the revocation of the session that it ended is heard (a second at most);
 *   from then on with 401, as everything of that session is.
 * - `anew`: it succeeds again with something new of the kind, such as a ticket or an access token.
 */
export type Repeat = 'same' | 'single-use' | 'ends-session' | 'anew';

interface RouteInput<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
  World,
> {
  /** `<service>.<verbNoun>`, unique; names the typed client's call and the metric's route. */
  id: string;
  summary: string;
  /** Full path, parameters as `:name`. */
  path: `/${string}`;
  params?: Params;
  query?: Query;
  response: Response;
  /** Status of a success; 200, or 204 where the response is {@link noContent}. */
  status?: 200 | 201 | 202 | 204;
  errors?: readonly ErrorDefinition[];
  access: Access;
  rate: RateClass;
  /** Limits for abuse that this route counts towards and is refused by; see `kernel/limits`. */
  limits?: readonly Limit[];
  /** POSTs that create: the answer is kept 24 h for the caller's `Idempotency-Key`. */
  idempotent?: boolean;
  /** The caller has to send the version that was read in `If-Match`. */
  versioned?: boolean;
  /** The answer to a repeated request whose first answer was lost; see {@link Repeat}. */
  repeat?: Repeat;
  /**
   * A request that the caller named by `access` may make and that succeeds with the declared status.
   * Tests build the world, the matrices and the fuzzing start from it.
   */
  example: (world: World) => Promise<Example<z.input<Params>, z.input<Query>, z.input<Body>>>;
}

/** `as` names the person of the world who makes the request; left out where `access` is public. */
export interface Example<Params, Query, Body> extends Partial<RequestParts<Params, Query, Body>> {
  as?: string;
  ifMatch?: number;
  /** Cookies and headers beyond those that every client sends. */
  headers?: Record<string, string>;
}

export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  readonly id: string;
  readonly summary: string;
  readonly method: ReadMethod | WriteMethod;
  readonly path: `/${string}`;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly response: Response;
  readonly status: 200 | 201 | 202 | 204;
  readonly errors: readonly ErrorDefinition[];
  readonly access: Access;
  readonly rate: RateClass;
  readonly limits: readonly Limit[];
  readonly idempotent: boolean;
  readonly versioned: boolean;
  readonly repeat: Repeat;
  // The world differs by service, and functions are contravariant in it. The type is erased here and checked where a
  // route is made.
  readonly example: (world: never) => Promise<Example<unknown, unknown, unknown>>;
}

/**
 * One endpoint, once. From this object come validation, serialization, the OpenAPI page, the typed client, the
 * rate class and the generated tests. A mutating method without a `body`, or any without `access`, does not compile.
 *
 * @throws Error when the path's parameters and `params` differ
 */
export function route<
  Response extends z.ZodType,
  World,
  Params extends z.ZodType = NoFields,
  Query extends z.ZodType = NoFields,
>(
  definition: { method: ReadMethod; body?: never } & RouteInput<Params, Query, NoFields, Response, World>,
): Route<Params, Query, NoFields, Response>;
export function route<
  Response extends z.ZodType,
  World,
  Body extends z.ZodType,
  Params extends z.ZodType = NoFields,
  Query extends z.ZodType = NoFields,
>(
  definition: { method: WriteMethod; body: Body } & RouteInput<Params, Query, Body, Response, World>,
): Route<Params, Query, Body, Response>;
export function route(
  definition: { method: ReadMethod | WriteMethod; body?: z.ZodType } & RouteInput<
    z.ZodType,
    z.ZodType,
    z.ZodType,
    z.ZodType,
    never
  >,
): Route {
  const params = definition.params ?? z.strictObject({});
  assertParams(definition.path, params, definition.id);
  return {
    id: definition.id,
    summary: definition.summary,
    method: definition.method,
    path: definition.path,
    params,
    query: definition.query ?? z.strictObject({}),
    body: definition.body ?? z.strictObject({}),
    response: definition.response,
    status: definition.status ?? (definition.response === noContent ? 204 : 200),
    errors: definition.errors ?? [],
    access: definition.access,
    rate: definition.rate,
    limits: definition.limits ?? [],
    idempotent: definition.idempotent ?? false,
    versioned: definition.versioned ?? false,
    repeat: definition.repeat ?? 'same',
    example: definition.example as Route['example'],
  };
}

function assertParams(path: string, params: z.ZodType, routeId: string): void {
  const inPath = [...path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1]).sort();
  const declared = params instanceof z.ZodObject ? Object.keys(params.shape).sort() : [];
  if (inPath.join() !== declared.join()) {
    throw new Error(`${routeId}: the path has [${inPath.join()}], params declare [${declared.join()}]`);
  }
}

/**
 * The input that a handler receives: validated, with defaults applied, and undeclared fields refused or stripped as the
 * schema says.
 */
export type InputOf<R extends Route> = RequestParts<
  z.output<R['params']>,
  z.output<R['query']>,
  z.output<R['body']>
>;
/** The output that a handler returns. */
export type OutputOf<R extends Route> = z.input<R['response']>;
