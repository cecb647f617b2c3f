import { errors, routes as catalogue } from '../../libs/contracts/src/catalogue';
import type { Route } from '../../libs/contracts/src/kernel/route';
import type { Answer } from '../src/lib/api/client';
import type { RouteId, Routes } from '../src/lib/api/generated';

/** What a service refuses with; made by {@link refusal}. */
class Refusal {
  constructor(
    readonly status: number,
    readonly problem: object,
  ) {}
}

type Request<Id extends RouteId> = Pick<Routes[Id], 'params' | 'query' | 'body'>;
type Reply<Id extends RouteId> = Answer<Id> | Refusal;
/** What the services answer to each route that a test lets be called, from what was sent where that matters. */
export type Answers = { [Id in RouteId]?: Reply<Id> | ((request: Request<Id>) => Reply<Id> | Promise<Reply<Id>>) };

export interface Sent {
  route: string;
  params: unknown;
  body: unknown;
  idempotencyKey: string | null;
}

const declared = Object.values(errors).flat();
const served = Object.values(catalogue)
  .flat()
  .filter(({ access }) => access.kind !== 'service')
  .map((route) => ({ route, pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`) }));

/** A refusal that the contracts declare, with the fields at fault by JSON pointer. */
export function refusal(code: string, pointers: Record<string, string> = {}, params: Record<string, string | number> = {}): Refusal {
  const error = declared.find((one) => one.code === code);
  if (!error) throw new Error(`No contract declares ${code}.`);
  const faults = Object.entries(pointers).map(([pointer, fault]) => ({ pointer, code: fault, message: fault }));
  return new Refusal(error.status, { type: code, title: error.title, status: error.status, code, traceId: 'none', params, errors: faults });
}

/**
 * The network of a web app in a test, with all five services behind it: what is sent must fit the contract of its route,
 * and so must every answer. A request that does not, or that the test has no answer for, is among the `faults`.
 */
export function createServices(answers: Answers) {
  const sent: Sent[] = [];
  const faults: string[] = [];

  const replyTo = async (route: Route, request: Request<RouteId>): Promise<Refusal | unknown> => {
    const answer = answers[route.id as RouteId] as unknown;
    if (answer === undefined) {
      faults.push(`${route.id} was called, and the test has no answer for it`);
      return refusal('platform.not_found');
    }
    const reply = (await (typeof answer === 'function' ? (answer as (asked: unknown) => unknown)(request) : answer)) as unknown;
    if (reply instanceof Refusal) return reply;
    const read = route.response.safeParse(reply);
    if (!read.success) faults.push(`${route.id} cannot answer so: ${read.error.message}`);
    return reply;
  };

  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const address = new URL(input as string, 'http://localhost');
    const found = served.find(({ route, pattern }) => route.method === init.method && pattern.test(address.pathname));
    if (!found) throw new Error(`No contract has ${init.method} ${address.pathname}.`);
    const { route, pattern } = found;
    const headers = new Map(Object.entries(init.headers as Record<string, string>));
    const body = init.body === undefined || init.body === null ? {} : (JSON.parse(init.body as string) as object);
    const request = { params: { ...pattern.exec(address.pathname)?.groups }, query: queryOf(address), body };
    sent.push({ route: route.id, params: request.params, body, idempotencyKey: headers.get('idempotency-key') ?? null });
    for (const part of ['params', 'query', 'body'] as const) {
      const read = route[part].safeParse(request[part]);
      if (!read.success) faults.push(`${route.id} was sent a ${part} that its contract refuses: ${read.error.message}`);
    }
    const reply = await replyTo(route, request as Request<RouteId>);
    return reply instanceof Refusal ? response(reply.status, reply.problem) : response(route.status, reply);
  };

  return {
    fetch,
    faults,
    sent,
    /** The bodies that were sent to a route, in their order. */
    bodiesOf: (id: RouteId) => sent.filter(({ route }) => route === id).map(({ body }) => body),
  };
}

function queryOf(address: URL): object {
  return Object.fromEntries(address.searchParams);
}

/** As much of a Response as the web app reads: the DOM of a test has none. */
function response(status: number, body: unknown): Response {
  return { ok: status < 400, status, headers: { get: () => null }, json: async () => JSON.parse(JSON.stringify(body)) as unknown } as unknown as Response;
}
