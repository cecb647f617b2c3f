import { HttpCode, RequestMapping, RequestMethod } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { OutputOf, Route } from '@muster/contracts/kernel/route';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error';
import { currentScope } from '../tracing/scope';
import { versionForm } from './header-forms';
import { networkOf } from './network';
import { onceOf } from './once';
import type { Handling } from './plain-handlers';

type Method<R extends Route> = (...inputs: never[]) => Promise<OutputOf<R>>;
// Generic, since a property descriptor is invariant: a method that returns less than all declared would not fit.
type HandleDecorator<R extends Route> = <M extends Method<R>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

interface Parameter {
  readonly index: number;
  /** Whose input it is. */
  readonly route?: Route;
  readonly read: (request: FastifyRequest) => unknown;
}
const PARAMETERS = Symbol('muster: parameters read from the request');

/**
 * Serves `route` with the decorated method: path, status, access, rate class and answer schema come from it, and the
 * method must return what it declares. A route for services is reachable on the operations listener only. The request
 * is validated whether or not the method takes its {@link Input}: a route without fields takes no other fields either.
 *
 * @param options.bodyLimit bytes; 64 KiB without it
 */
export function Handle<R extends Route>(route: R, options: { bodyLimit?: number } = {}): HandleDecorator<R> {
  return (target, key, descriptor) => {
    const parameters = (Reflect.getMetadata(PARAMETERS, target, key) ?? []) as Parameter[];
    const foreign = parameters.find((one) => one.route && one.route !== route)?.route;
    if (foreign) throw new Error(`${target.constructor.name}.${String(key)} serves ${route.id} and takes the input of ${foreign.id}`);
    descriptor.value = withParameters(descriptor.value, parameters);
    RequestMapping({ path: route.path, method: RequestMethod[route.method] })(target, key, descriptor);
    HttpCode(route.status)(target, key, descriptor);
    const handling = { controller: target.constructor as Handling['controller'], key, status: route.status };
    RouteConfig({ muster: { route, handling, ...options } })(target, key, descriptor);
  };
}

/** `InputOf<route>`, validated; the route is the one that the method serves. */
export function Input(route: Route): ParameterDecorator {
  return parameter((request) => request.input, route);
}

/** The {@link Principal}; on a public route null for a stranger. */
export const Caller = (): ParameterDecorator => parameter((request) => request.principal ?? null);

/** The version in `If-Match`. @throws AppError platform.version_required without one */
export const IfMatch = (): ParameterDecorator => parameter(versionOf);

function versionOf({ headers }: FastifyRequest): number {
  const header = headers['if-match'];
  if (header === undefined) throw new AppError(platformErrors.versionRequired);
  const version = versionForm.exec(header)?.[1];
  if (version) return Number(version);
  throw new AppError(platformErrors.invalidRequest, {}, {
    fields: [{ pointer: '/headers/if-match', message: 'must be a version', code: 'invalid_format' }],
  });
}

/** What `Idempotency.once` needs to know about this request. */
export const IdempotencyContext = (): ParameterDecorator => parameter(onceOf);

/** The caller's network as counters and audit know it: an IPv4 address or an IPv6 /64. */
export const ClientAddress = (): ParameterDecorator => parameter((request) => networkOf(request.ip));

/** A parameter of a {@link Handle} method. Nest's own kind makes six promises of a value that is there. */
function parameter(read: Parameter['read'], route?: Route): ParameterDecorator {
  return (target, key, index) => {
    if (key === undefined) throw new Error('only a method has parameters that a request fills');
    const others = (Reflect.getMetadata(PARAMETERS, target, key) ?? []) as Parameter[];
    Reflect.defineMetadata(PARAMETERS, [...others, { index, read, ...(route && { route }) }], target, key);
  };
}

/** Fills in the parameters; those that Nest fills (`@Req()`) are left. Outside a request it is the method itself. */
function withParameters<M extends (...inputs: never[]) => unknown>(method: M | undefined, parameters: readonly Parameter[]): M | undefined {
  if (!method || parameters.length === 0) return method;
  const filled = function (this: unknown, ...inputs: unknown[]): unknown {
    const { request } = currentScope();
    if (request) for (const { index, read } of parameters) inputs[index] = read(request);
    return method.apply(this, inputs as never[]);
  };
  for (const name of Reflect.getMetadataKeys(method)) Reflect.defineMetadata(name, Reflect.getMetadata(name, method), filled);
  return Object.defineProperty(filled, 'name', { value: method.name }) as unknown as M;
}
