import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { Context } from '@opentelemetry/api';

/**
 * The facts about the current work that any code may read. There is one store for all of them, because a second
 * AsyncLocalStorage would cost every request as much again.
 */
export interface Scope {
  /** The service that does the work; in standalone five services share the process. */
  readonly service?: ServiceName;
  readonly requestId?: string;
  /** W3C trace context of the work; present for unsampled work too, so that its log lines can be joined. */
  readonly traceparent?: string;
  /** `performance.now()` at which the caller stops waiting; milliseconds. */
  readonly deadlineAt?: number;
  /** OpenTelemetry's own context; absent where nothing is recorded. */
  readonly otel?: Context;
}

const storage = new AsyncLocalStorage<Scope>();
const nothing: Scope = {};

export function currentScope(): Scope {
  return storage.getStore() ?? nothing;
}

/** Runs `work` in exactly this scope; nothing of the surrounding one is kept. */
export function runInScope<R>(scope: Scope, work: () => R): R {
  return storage.run(scope, work);
}

/** Runs `work` in the surrounding scope with these parts replaced. */
export function withScope<R>(parts: Scope, work: () => R): R {
  return storage.run({ ...storage.getStore(), ...parts }, work);
}

/**
 * Everything that `work` starts, timers and loops included, belongs to `service`. A service boots inside it, so that
 * its background work logs, traces and counts under its own name in a shared process.
 */
export function asService<R>(service: ServiceName, work: () => R): R {
  return storage.run({ service }, work);
}
