import { createParamDecorator, HttpCode, RequestMapping, RequestMethod, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { OutputOf, Route } from '@muster/contracts/kernel/route';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error';
import { inputPipe } from './input-pipe';
import { networkOf } from './network';
import { onceOf } from './once';

type Method<R extends Route> = (...inputs: never[]) => Promise<OutputOf<R>>;
// Generic, since a property descriptor is invariant: a method that returns less than all declared would not fit.
type HandleDecorator<R extends Route> = <M extends Method<R>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

const VALIDATED = Symbol('muster:takes its validated input');

/**
 * Serves `route` with the decorated method: path, status, access, rate class and answer schema come from it, and the
 * method must return what it declares. A route for services is reachable on the operations listener only. The request
 * is validated whether or not the method takes its {@link Input}: a route without fields takes no other fields either.
 *
 * @param options.bodyLimit bytes; 64 KiB without it
 */
export function Handle<R extends Route>(route: R, options: { bodyLimit?: number } = {}): HandleDecorator<R> {
  return (target, key, descriptor) => {
    RequestMapping({ path: route.path, method: RequestMethod[route.method] })(target, key, descriptor);
    HttpCode(route.status)(target, key, descriptor);
    RouteConfig({ muster: { route, ...options } })(target, key, descriptor);
    // Parameters are decorated before their method. The further argument is one that the method does not look at.
    if (!Reflect.hasMetadata(VALIDATED, target, key)) Input(route)(target, key, descriptor.value?.length ?? 0);
  };
}

/** `InputOf<route>`, validated. @throws AppError platform.invalid_request naming each field at fault */
export function Input(route: Route): ParameterDecorator {
  const pipe = inputPipe(route);
  // Run here and not handed to Nest, whose chain of pipes makes six promises of a value that is there.
  const validated = createParamDecorator((_: unknown, context: ExecutionContext): unknown => {
    const { params, query, body } = requestOf(context);
    // A request without a body is one with an empty body: the schema then names the fields that are missing.
    return pipe.transform({ params, query, body: body === undefined ? {} : body }, { type: 'custom' });
  });
  const take = validated();
  return (target, key, index) => {
    if (key !== undefined) Reflect.defineMetadata(VALIDATED, true, target, key);
    take(target, key, index);
  };
}

/** The {@link Principal}; on a public route null for a stranger. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) => requestOf(context).principal ?? null);

const ifMatch = /^"?([1-9]\d{0,9})"?$/;

/** The version in `If-Match`. @throws AppError platform.version_required without one */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const header = requestOf(context).headers['if-match'];
  if (header === undefined) throw new AppError(platformErrors.versionRequired);
  const version = ifMatch.exec(header)?.[1];
  if (version) return Number(version);
  throw new AppError(platformErrors.invalidRequest, {}, {
    fields: [{ pointer: '/headers/if-match', message: 'must be a version', code: 'invalid_format' }],
  });
});

/** What `Idempotency.once` needs to know about this request. */
export const IdempotencyContext = createParamDecorator((_: unknown, context: ExecutionContext) => onceOf(requestOf(context)));

/** The caller's network as counters and audit know it: an IPv4 address or an IPv6 /64. */
export const ClientAddress = createParamDecorator((_: unknown, context: ExecutionContext) => networkOf(requestOf(context).ip));

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}
