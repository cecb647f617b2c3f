import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { Tracer } from '@opentelemetry/api';
import type * as sdk from './tracing-sdk';

export interface TracingOptions {
  /** Share of traces without a sampled parent that are kept, 0 to 1. */
  ratio: number;
  /** Base address of an OTLP/HTTP receiver; `/v1/traces` is appended. Undefined: nothing is traced or loaded. */
  endpoint: string | undefined;
  /** `deployment.environment.name` of every span. */
  environment?: string;
}

export interface Recorder {
  readonly ratio: number;
  /** The tracer whose spans carry `service` as their resource's name. */
  tracer(service: ServiceName | undefined): Tracer;
  /** A root span that `start` starts has these ids instead of new ones. */
  withIds<R>(ids: { traceId: string; spanId: string }, start: () => R): R;
  flush(): Promise<void>;
  shutdown(): Promise<void>;
}

let active: Recorder | undefined;

/** The recorder of spans of this process; undefined while tracing is off, which costs a request one comparison. */
export function recorder(): Recorder | undefined {
  return active;
}

/**
 * Sets tracing up once per process, whoever asks first: in standalone five services call it. Without an endpoint no
 * part of the SDK is loaded.
 */
export function startTracing(options: TracingOptions): void {
  if (active || options.endpoint === undefined) return;
  // Required lazily, because it takes a tenth of a second and 20 MB that most runs do not need.
  const { createRecorder } = require('./tracing-sdk') as typeof sdk;
  active = createRecorder({ ...options, endpoint: options.endpoint });
}

/** Sends what is still held, then turns tracing off; the last step of an ordered shutdown. */
export async function stopTracing(): Promise<void> {
  const stopped = active;
  active = undefined;
  await stopped?.shutdown();
}
