import type { ServiceName } from '@muster/contracts/kernel/ids';
import { problem, type Problem } from '@muster/contracts/kernel/problem';
import type { Route } from '@muster/contracts/kernel/route';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { OutboundClient } from '../resilience/outbound-client';
import { PEERS } from '../service/drivers';
import type { PeerTransport } from './peers';
import { ServiceTokens } from './service-tokens';

interface CallParts<R extends Route> {
  params?: z.input<R['params']>;
  query?: z.input<R['query']>;
  body?: z.input<R['body']>;
  /** Milliseconds for one attempt; the deadline of the present work shortens it. */
  timeoutMs?: number;
}

/** Thrown when another service refuses a call, with its problem document. */
export class PeerProblem extends Error {
  constructor(
    readonly service: ServiceName,
    readonly routeId: string,
    readonly problem: Problem,
  ) {
    super(`${service} answered ${routeId} with ${problem.status} ${problem.code}`);
    this.name = 'PeerProblem';
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }
}

/** Calls other services' internal routes, as this service. */
@Injectable()
export class InternalClient {
  constructor(
    private readonly outbound: OutboundClient,
    private readonly tokens: ServiceTokens,
    @Inject(PEERS) private readonly peers: PeerTransport,
  ) {}

  /**
   * The answer, parsed by the contract: unknown fields of a newer peer are dropped.
   *
   * @throws PeerProblem when the peer refuses
   * @throws AppError platform.unavailable when it does not answer
   */
  async call<R extends Route>(route: R, to: ServiceName, parts: CallParts<R> = {}): Promise<z.output<R['response']>> {
    const { origin, dispatcher } = this.peers.dispatcherFor(to);
    const sendsBody = route.method !== 'GET';
    const answer = await this.outbound.request({
      dependency: to,
      url: `${origin}${addressOf(route, parts.params, parts.query)}`,
      method: route.method,
      headers: {
        authorization: `Bearer ${await this.tokens.tokenFor(to)}`,
        ...(sendsBody && { 'content-type': 'application/json' }),
      },
      ...(sendsBody && { body: JSON.stringify(parts.body ?? {}) }),
      ...(parts.timeoutMs !== undefined && { timeoutMs: parts.timeoutMs }),
      ...(dispatcher && { dispatcher }),
    });
    if (answer.status < 200 || answer.status > 299) throw refusal(to, route.id, answer.status, answer.body);
    return (await route.response.parseAsync(answer.body.length === 0 ? undefined : answer.json())) as z.output<R['response']>;
  }
}

/** The path with its parameters and query filled in; undefined values of the query are left out. */
export function addressOf(route: Route, params: unknown = {}, query: unknown = {}): string {
  const values = params as Record<string, unknown>;
  const path = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) search.append(name, String(each));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

function refusal(service: ServiceName, routeId: string, status: number, body: Buffer): PeerProblem {
  const parsed = problem.safeParse(parsedJson(body));
  const fallback: Problem = { type: 'about:blank', title: 'no problem document', status, code: 'platform.unknown', traceId: '' };
  return new PeerProblem(service, routeId, parsed.success ? parsed.data : fallback);
}

function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
