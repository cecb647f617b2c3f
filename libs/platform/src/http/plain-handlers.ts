import type { INestApplicationContext } from '@nestjs/common';
import {
  EXCEPTION_FILTERS_METADATA, GUARDS_METADATA, HEADERS_METADATA, INTERCEPTORS_METADATA, PIPES_METADATA, REDIRECT_METADATA,
  RENDER_METADATA, ROUTE_ARGS_METADATA, SSE_METADATA,
} from '@nestjs/common/constants';
import type { ApplicationConfig } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusalOf } from '../errors/problem-of';

/** The method that `@Handle` decorates. */
export interface Handling {
  readonly controller: abstract new (...args: never[]) => unknown;
  readonly key: string | symbol;
  readonly status: number;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => void;

const ofBoth = [GUARDS_METADATA, INTERCEPTORS_METADATA, PIPES_METADATA, EXCEPTION_FILTERS_METADATA];
const ofMethod = [...ofBoth, HEADERS_METADATA, REDIRECT_METADATA, RENDER_METADATA, SSE_METADATA];

/**
 * Calls a controller's method without Nest's chain of guards, pipes, interceptors and result mapping, which makes a
 * dozen promises where there are none of these to run. Whatever asks for one of them is served by Nest as ever.
 */
export class PlainHandlers {
  private app: INestApplicationContext | undefined;

  /** Before its routes are registered. */
  of(app: INestApplicationContext): void {
    const { config } = app as unknown as { config: ApplicationConfig };
    const global = [config.getGlobalGuards(), config.getGlobalPipes(), config.getGlobalInterceptors()];
    const perRequest = [config.getGlobalRequestGuards(), config.getGlobalRequestPipes(), config.getGlobalRequestInterceptors()];
    if ([...global, ...perRequest].every((enhancers) => enhancers.length === 0)) this.app = app;
  }

  /** Undefined where the method needs Nest. */
  handlerOf({ controller, key, status }: Handling): Handler | undefined {
    const instance = this.instanceOf(controller);
    const method = instance?.[key];
    if (!instance || !method || asksForMore(controller, key, method)) return undefined;
    const call = instance as Record<string | symbol, () => unknown>;
    return (_request, reply) => {
      void reply.code(status);
      const send = (given: unknown): void => {
        if (!reply.sent) void reply.send(given); // its time may have been up
      };
      const refuse = (error: unknown): void => send(refusalOf(error));
      // Not awaited: each further promise costs a request half a microsecond.
      try {
        const given = call[key]?.();
        if (given instanceof Promise) given.then(send, refuse);
        else send(given);
      } catch (error) {
        refuse(error);
      }
    };
  }

  private instanceOf(controller: Handling['controller']): Record<string | symbol, (() => unknown) | undefined> | undefined {
    try {
      return this.app?.get(controller as never, { strict: false });
    } catch {
      return undefined; // made anew for each request
    }
  }
}

function asksForMore(controller: Handling['controller'], key: string | symbol, method: object): boolean {
  return (
    Reflect.hasMetadata(ROUTE_ARGS_METADATA, controller, key) ||
    ofBoth.some((name) => Reflect.hasMetadata(name, controller)) ||
    ofMethod.some((name) => Reflect.hasMetadata(name, method))
  );
}
