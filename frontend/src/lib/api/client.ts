import type { Session } from '../session/session';
import { routes, type RouteId, type Routes } from './generated';
import { ProblemError } from './problem-error';
import { addressOf, type Exchange, type HttpRequest } from './request';

/** Parts that a route does not take may be left out; those that it takes must be there. */
type Part<Name extends string, Value> = Record<never, never> extends Value ? { [K in Name]?: Value } : { [K in Name]: Value };

export type CallInput<Id extends RouteId> = Part<'params', Routes[Id]['params']> &
  Part<'query', Routes[Id]['query']> &
  Part<'body', Routes[Id]['body']> & {
    /** The version that the person saw, for routes that take If-Match. */
    ifMatch?: number;
    /** Given by a caller that may have to repeat the request later; else a key is made for this call. */
    idempotencyKey?: string;
    signal?: AbortSignal;
  };
export type Answer<Id extends RouteId> = Routes[Id]['response'];

type LooseInput = { params?: object; query?: object; body?: object; ifMatch?: number; idempotencyKey?: string; signal?: AbortSignal };

/**
 * Calls a route by its id. Reads and writes with an Idempotency-Key are sent a second time when the network or a
 * busy service swallowed the first; a token that ran out is renewed once.
 *
 * @throws ProblemError
 */
export type Call = <Id extends RouteId>(
  id: Id,
  ...[input]: Record<never, never> extends CallInput<Id> ? [input?: CallInput<Id>] : [input: CallInput<Id>]
) => Promise<Answer<Id>>;

type Tokens = Pick<Session, 'accessToken' | 'renewToken'>;

export function createCall({ exchange, session }: { exchange: Exchange; session: Tokens }): Call {
  const exchangeSignedIn = async (request: HttpRequest): Promise<unknown> => {
    const token = await session.accessToken();
    try {
      return await exchange(withToken(request, token));
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'platform.not_signed_in' || token === null) throw error;
      return exchange(withToken(request, await session.renewToken(token)));
    }
  };

  return async <Id extends RouteId>(id: Id, ...inputs: unknown[]): Promise<Answer<Id>> => {
    const { params, query, body, ifMatch, idempotencyKey, signal } = (inputs[0] ?? {}) as LooseInput;
    const [method, path, traits] = routes[id];
    const headers: Record<string, string> = { accept: 'application/json' };
    if (traits.includes('b')) headers['content-type'] = 'application/json';
    if (traits.includes('v') && ifMatch !== undefined) headers['if-match'] = `"${ifMatch}"`;
    if (traits.includes('i')) headers['idempotency-key'] = idempotencyKey ?? crypto.randomUUID();

    const request: HttpRequest = { method, url: addressOf(path, params, query), headers };
    if (traits.includes('b')) request.body = JSON.stringify(body ?? {});
    if (signal) request.signal = signal;

    const repeatable = method === 'GET' || traits.includes('i');
    const send = traits.includes('p') ? exchange : exchangeSignedIn;
    try {
      return (await send(request)) as Answer<Id>;
    } catch (error) {
      if (!repeatable || !isPassing(error) || (error as ProblemError).code === 'timeout') throw error;
      await pause(200 + Math.random() * 400);
      return (await send(request)) as Answer<Id>;
    }
  };
}

function withToken(request: HttpRequest, token: string | null): HttpRequest {
  return token === null ? request : { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}

/** Whether another try soon may well succeed. */
export function isPassing(error: unknown): boolean {
  return error instanceof ProblemError && (error.status === 0 || [502, 503, 504].includes(error.status));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
