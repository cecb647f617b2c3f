import { platformErrors } from '@muster/contracts/kernel/problem';
import type { OutputOf, Route } from '@muster/contracts/kernel/route';
import { createParamDecorator, HttpCode, RequestMapping, RequestMethod, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error';
import { inputClassOf, type InputClass } from './contract.pipe';
import { versionForm } from './header-forms';
import { networkOf } from './network';
import { onceOf } from './once';
import { requestOf } from './request-marks';

type Method<R extends Route> = (...inputs: never[]) => Promise<OutputOf<R>>;
// Generic, since a property descriptor is invariant: a method that returns less than all declared would not fit.
type HandleDecorator<R extends Route> = <M extends Method<R>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

const INPUT_ROUTE = Symbol('muster: the route whose input a method takes');

/**
 * Serves `route` with the decorated method: path, status, access, rate class and answer schema come from it, and the
 * method must return what it declares. A route for services is reachable on the operations listener only. The request
 * is validated whether or not the method takes its {@link Input}: a route without fields takes no other fields either.
 *
 * @param options.bodyLimit bytes; 64 KiB without it
 */
export function Handle<R extends Route>(route: R, options: { bodyLimit?: number } = {}): HandleDecorator<R> {
  return (target, key, descriptor) => {
    const taken = Reflect.getMetadata(INPUT_ROUTE, target, key) as Route | undefined;
    if (taken && taken !== route) throw new Error(`${target.constructor.name}.${String(key)} serves ${route.id} and takes the input of ${taken.id}`);
    // Nest runs its pipes for parameters only: a method that asks for no input gets it behind those that it declares.
    if (!taken) Input(route)(target, key, parametersOf(target, key));
    RequestMapping({ path: route.path, method: RequestMethod[route.method] })(target, key, descriptor);
    HttpCode(route.status)(target, key, descriptor);
    RouteConfig({ muster: { route, ...options } })(target, key, descriptor);
  };
}

/** The number of parameters that the compiler recorded for the method. */
function parametersOf(target: object, key: string | symbol): number {
  return ((Reflect.getMetadata('design:paramtypes', target, key) ?? []) as unknown[]).length;
}

const RequestInput = createParamDecorator((_input: InputClass, context: ExecutionContext) => {
  const { params, query, body } = requestOf(context);
  // A request without a body is one with an empty body: the schema then names the fields that are missing.
  return { params, query, body: body === undefined ? {} : body };
});

/** `InputOf<route>`, validated by the {@link ContractPipe}; the route is the one that the method serves. */
export function Input(route: Route): ParameterDecorator {
  return (target, key, index) => {
    if (key === undefined) throw new Error('only a method has parameters that a request fills');
    Reflect.defineMetadata(INPUT_ROUTE, route, target, key);
    RequestInput(inputClassOf(route))(target, key, index);
  };
}

/** The {@link Principal}; on a public route null for a stranger. */
export const Caller = createParamDecorator((_nothing: unknown, context: ExecutionContext) => requestOf(context).principal ?? null);

/** The version in `If-Match`. @throws AppError platform.version_required without one */
export const IfMatch = createParamDecorator((_nothing: unknown, context: ExecutionContext) => versionOf(requestOf(context)));

/** The facts that `Idempotency.runOnce` needs about this request. */
export const IdempotencyContext = createParamDecorator((_nothing: unknown, context: ExecutionContext) => onceOf(requestOf(context)));

/** The caller's network as counters and audit know it: an IPv4 address or an IPv6 /64. */
export const ClientAddress = createParamDecorator((_nothing: unknown, context: ExecutionContext) => networkOf(requestOf(context).ip));

function versionOf({ headers }: FastifyRequest): number {
  const header = headers['if-match'];
  if (header === undefined) throw new AppError(platformErrors.versionRequired);
  const version = versionForm.exec(header)?.[1];
  if (version) return Number(version);
  throw new AppError(platformErrors.invalidRequest, {}, {
    fields: [{ pointer: '/headers/if-match', message: 'must be a version', code: 'invalid_format' }],
  });
}
