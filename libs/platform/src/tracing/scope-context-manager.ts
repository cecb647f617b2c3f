import { ROOT_CONTEXT, type Context, type ContextManager } from '@opentelemetry/api';
import { currentScope, withScope } from './scope';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** OpenTelemetry's context, kept in the scope that is there anyway instead of in a second AsyncLocalStorage. */
export class ScopeContextManager implements ContextManager {
  active(): Context {
    return currentScope().otel ?? ROOT_CONTEXT;
  }

  with<Args extends unknown[], Fn extends (...args: Args) => ReturnType<Fn>>(
    context: Context,
    work: Fn,
    thisArg?: ThisParameterType<Fn>,
    ...args: Args
  ): ReturnType<Fn> {
    return withScope({ otel: context }, () => work.call(thisArg, ...args));
  }

  bind<Target>(context: Context, target: Target): Target {
    if (typeof target !== 'function') return target;
    const work = target as unknown as AnyFunction;
    const bound: AnyFunction = function (...args) {
      return withScope({ otel: context }, () => work.apply(this, args));
    };
    return bound as unknown as Target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    return this;
  }
}
