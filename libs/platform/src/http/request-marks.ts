import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from '@muster/contracts/kernel/route';
import type { FastifyReply } from 'fastify';
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

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined until asked for, null for a stranger; read it through the guard or `@Caller()`. */
    principal: Principal | null | undefined;
  }
  interface FastifyContextConfig {
    muster?: { readonly route: Route; readonly bodyLimit?: number };
  }
}
