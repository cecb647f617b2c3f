import { createServer, type RequestListener, type Server } from 'node:http';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error';
import { fastifyFault } from '../errors/fastify-faults';
import { problemOf } from '../errors/problem-of';
import { fastifyLogging } from '../logging/fastify-logging';
import type { RootLogger } from '../logging/logger';

/** Bytes; a route that takes more says so in `@Handle(route, { bodyLimit })`. */
export const BODY_LIMIT = 64 * 1024;

export interface AdapterOptions {
  /** `TRUST_PROXY`: empty, a number of hops, or addresses. */
  readonly trustProxy: string;
  readonly logger: RootLogger;
}

type ErrorHandler = Parameters<FastifyAdapter['setErrorHandler']>[0];

/**
 * Fastify that never listens: the handler is handed over to whoever owns the sockets, which is one server per port in
 * a cluster and one server for five services in standalone.
 */
export class MusterAdapter extends FastifyAdapter {
  static make(options: AdapterOptions): MusterAdapter {
    const handed: { listener?: RequestListener; server?: Server } = {};
    const instance = fastify({
      serverFactory: (listener) => {
        handed.listener = listener as RequestListener;
        handed.server = createServer();
        return handed.server;
      },
      bodyLimit: BODY_LIMIT,
      trustProxy: trustOf(options.trustProxy),
      exposeHeadRoutes: false,
      routerOptions: { maxParamLength: 256 },
      ...fastifyLogging(options.logger),
      // The controller has to come from the same copy of Fastify that is started here.
      logController: new LogController({ disableRequestLogging: true }),
      frameworkErrors: (error, request, reply) => {
        const refusal = fastifyFault(error, BODY_LIMIT);
        sendProblem(
          reply as FastifyReply,
          refusal instanceof AppError ? refusal : new AppError(platformErrors.notFound),
          request as FastifyRequest,
        );
      },
    });
    // An instance of our own, for Nest would make one of the Fastify that it was released with; their types differ by it.
    const adapter = new MusterAdapter(instance as never);
    adapter.handed = handed;
    return adapter;
  }

  private handed: { listener?: RequestListener; server?: Server } = {};

  /** Answers one request. */
  get listener(): RequestListener {
    if (!this.handed.listener) throw new Error('Fastify did not ask for a server');
    return this.handed.listener;
  }

  /** A server that never listens; upgrades are passed to it by emitting `upgrade`. */
  get innerServer(): Server {
    if (!this.handed.server) throw new Error('Fastify did not ask for a server');
    return this.handed.server;
  }

  get fastify(): FastifyInstance {
    return this.getInstance<FastifyInstance>();
  }

  /** A handler may end after its request was answered because its time was up. */
  override reply(...[response, body, status]: Parameters<FastifyAdapter['reply']>): ReturnType<FastifyAdapter['reply']> {
    return 'sent' in response && response.sent ? response : super.reply(response, body, status);
  }

  /** Nest would turn Fastify's errors into its own and lose which one it was. */
  override setErrorHandler(handler: ErrorHandler): ReturnType<FastifyAdapter['setErrorHandler']> {
    return super.setErrorHandler(function translated(error, request, reply) {
      return handler.call(this, fastifyFault(error, request.routeOptions.bodyLimit ?? BODY_LIMIT), request, reply);
    });
  }
}

/** Fastify's own forms: false, hops, or a list of addresses and networks. */
function trustOf(value: string): boolean | string[] | ((address: string, hop: number) => boolean) {
  if (value.trim() === '') return false;
  const hops = Number(value);
  return Number.isInteger(hops) ? (_address, hop) => hop < hops : value.split(',').map((part) => part.trim());
}

/** The one place that writes a problem document. */
export function sendProblem(reply: FastifyReply, refusal: AppError, request: FastifyRequest, traceId = request.id): void {
  if (refusal.definition.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (refusal.retryAfterSeconds !== undefined) void reply.header('retry-after', String(refusal.retryAfterSeconds));
  const instance = request.url.split('?', 1)[0]?.slice(0, 512) ?? '/';
  void reply
    .code(refusal.definition.status)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify(problemOf(refusal, { instance, traceId })));
}
