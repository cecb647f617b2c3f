import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from '@muster/contracts/kernel/route';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../auth/principal';

const INTERNAL = Symbol('came in by the operations listener');

/** Set by the listener before Fastify sees the request; nothing that a client sends can set a symbol. */
export function markInternal(request: IncomingMessage): void {
  (request as IncomingMessage & { [INTERNAL]?: true })[INTERNAL] = true;
}

export function isInternal(request: IncomingMessage): boolean {
  return (request as IncomingMessage & { [INTERNAL]?: true })[INTERNAL] === true;
}

const REPLY = Symbol("Fastify's answer to it");

/** Lets whoever holds the bare response speak as Fastify does. */
export function rememberReply(reply: FastifyReply): void {
  (reply.raw as ServerResponse & { [REPLY]?: FastifyReply })[REPLY] = reply;
}

export function replyOf(response: ServerResponse): FastifyReply | undefined {
  return (response as ServerResponse & { [REPLY]?: FastifyReply })[REPLY];
}

const MATCHED = Symbol('the route that matched');
type RouteOptions = FastifyRequest['routeOptions'];

/** `request.routeOptions`, which Fastify makes anew each time it is asked: half a dozen times a request. */
export function matchedRoute(request: FastifyRequest): RouteOptions {
  const known = request as FastifyRequest & { [MATCHED]?: RouteOptions };
  return (known[MATCHED] ??= request.routeOptions);
}

/** The request that a guard, an interceptor or a parameter's decorator is about. */
export function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}

/** The contract that a handler serves; undefined for probes, metrics and documents. */
export function contractOf(request: FastifyRequest): Route | undefined {
  return matchedRoute(request).config.muster?.route;
}

/** The listeners that serve a route. */
export type Reach = 'public' | 'internal' | 'both' | 'nowhere';

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined until asked for, null for a stranger; read it through the guard or `@Caller()`. */
    principal: Principal | null | undefined;
  }
  interface FastifyContextConfig {
    reach?: Reach;
    /** Served to the public without a contract. */
    open?: true;
    muster?: { readonly route: Route; readonly bodyLimit?: number };
  }
}
