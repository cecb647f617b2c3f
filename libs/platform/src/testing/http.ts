import type { Role } from '@muster/contracts/kernel/access';
import type { PersonId, ServiceName, SessionId } from '@muster/contracts/kernel/ids';
import type { Problem } from '@muster/contracts/kernel/problem';
import type { Route } from '@muster/contracts/kernel/route';
import { Agent, request, type Dispatcher } from 'undici';
import type { z } from 'zod';
import { declaredErrors } from '../errors/declared-errors';
import { addressOf } from '../internal/internal-client';
import { newId } from '../kernel/ids';

export interface TestPerson {
  readonly personId: PersonId;
  readonly sessionId: SessionId;
  readonly roles: readonly Role[];
  /** Seconds since 1970 until which the account is new; left out where it is not. */
  readonly newUntil?: number;
  /** Seconds since 1970 at which their session ends by age. */
  readonly sessionUntil?: number;
}

/** A signed-in person; a new one unless an id is given. */
export function asPerson(personId: PersonId = newId<PersonId>(), roles: readonly Role[] = []): TestPerson {
  return { personId, sessionId: newId<SessionId>(), roles };
}

export interface CallOptions<R extends Route> {
  /** A person, a service (for internal routes), or a token as it is; nobody without it. */
  as?: TestPerson | ServiceName | { readonly token: string };
  params?: z.input<R['params']>;
  query?: z.input<R['query']>;
  body?: z.input<R['body']>;
  ifMatch?: number;
  idempotencyKey?: string;
  headers?: Record<string, string>;
}

export interface TestAnswer<Body = unknown> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON, or the text of anything else. */
  readonly body: Body;
}

/** A refusal that a test did not expect. */
export class UnexpectedProblem extends Error {
  constructor(
    readonly routeId: string,
    readonly answer: TestAnswer,
  ) {
    super(`${routeId} answered ${answer.status} ${JSON.stringify(answer.body)}`);
    this.name = 'UnexpectedProblem';
  }

  get problem(): Problem {
    return this.answer.body as Problem;
  }
}

/** A client is written against what the contract declares: a refusal that it does not declare fails every test that meets it. */
function assertDeclared(route: Route, { status, body }: TestAnswer): void {
  const { code } = (body ?? {}) as Partial<Problem>;
  if (status < 400 || code === undefined) return;
  if (declaredErrors(route).some((error) => error.code === code && error.status === status)) return;
  throw new Error(`${route.id} answered ${status} ${code}, which its contract does not declare`);
}

interface Way {
  readonly publicUrl: string;
  readonly operationsUrl: string;
  tokenOf(as: TestPerson | ServiceName | { readonly token: string }): Promise<string>;
}

/** Speaks to a service by its contracts. */
export class TestHttp {
  private readonly agent = new Agent({ keepAliveTimeout: 1000, connections: 256 });

  constructor(private readonly way: Way) {}

  /** The body of a success. @throws UnexpectedProblem for any status but the declared one */
  async call<R extends Route>(route: R, options: CallOptions<R> = {}): Promise<z.output<R['response']>> {
    const answer = await this.send(route, options);
    if (answer.status !== route.status) throw new UnexpectedProblem(route.id, answer);
    return answer.body as z.output<R['response']>;
  }

  /** The problem of a refusal. @throws Error when it was a success */
  async refusal<R extends Route>(route: R, options: CallOptions<R> = {}): Promise<Problem> {
    const answer = await this.send(route, options);
    if (answer.status < 400) throw new Error(`${route.id} answered ${answer.status}, a refusal was expected`);
    return answer.body as Problem;
  }

  /** Sends a request and returns the answer, whatever it is. */
  async send<R extends Route>(route: R, options: CallOptions<R> = {}): Promise<TestAnswer> {
    const headers: Record<string, string> = { ...options.headers };
    if (options.as) headers['authorization'] ??= `Bearer ${await this.way.tokenOf(options.as)}`;
    if (options.ifMatch !== undefined) headers['if-match'] = `"${options.ifMatch}"`;
    if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey;
    if (route.method !== 'GET') headers['content-type'] ??= 'application/json';
    const answer = await this.raw(route.method, addressOf(route, options.params, options.query), {
      headers,
      ...(route.method !== 'GET' && { body: JSON.stringify(options.body ?? {}) }),
      internal: route.access.kind === 'service',
    });
    assertDeclared(route, answer);
    return answer;
  }

  /** Any bytes to any path; `internal` sends them to the operations listener. */
  async raw(
    method: string,
    path: string,
    options: { headers?: Record<string, string>; body?: string | Buffer; internal?: boolean } = {},
  ): Promise<TestAnswer> {
    const answer = await request(`${options.internal ? this.way.operationsUrl : this.way.publicUrl}${path}`, {
      method: method as Dispatcher.HttpMethod,
      headers: options.headers ?? {},
      body: options.body ?? null,
      dispatcher: this.agent,
    });
    const text = await answer.body.text();
    const isJson = /^application\/(problem\+)?json/.test(String(answer.headers['content-type']));
    return { status: answer.statusCode, headers: answer.headers, body: isJson && text !== '' ? (JSON.parse(text) as unknown) : text };
  }

  async close(): Promise<void> {
    await this.agent.close();
  }
}
