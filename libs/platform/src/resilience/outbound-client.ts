import { platformErrors } from '@muster/contracts/kernel/problem';
import { isBrokenCircuitError, isBulkheadRejectedError } from 'cockatiel';
import { Agent, request as send, type Dispatcher } from 'undici';
import { AppError } from '../errors/app-error';
import type { Metrics } from '../metrics/metrics';
import { recorder } from '../tracing/recorder';
import { currentScope } from '../tracing/scope';
import { currentTraceparent } from '../tracing/traceparent';
import { DEADLINE_HEADER, remainingMs } from './deadline';
import { defaultLimits, Dependency, type DependencyLimits } from './dependency';
import { OutboundFailure } from './outbound-failure';

export interface OutboundRequest {
  /**
   * The name of the dependency for breaker, bulkhead, budget and metrics, such as `auth` or `push`. It comes from a
   * fixed set and is never an address.
   */
  dependency: string;
  url: string | URL;
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** May be sent twice. Without it: GET and HEAD may, nothing else. */
  idempotent?: boolean;
  /** For one attempt, milliseconds; the deadline of the present work shortens it. */
  timeoutMs?: number;
  /** Bytes of an answer that are read before it is refused. */
  maxAnswerBytes?: number;
  /** Where to connect instead of the address's host: a unix socket, or a checked address. */
  dispatcher?: Dispatcher;
  /**
   * Deadline and trace context go along. Never to strangers (a push service): they learn nothing of our inside.
   */
  propagate?: boolean;
}

export interface OutboundAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
  /** @throws SyntaxError when the body is not JSON */
  json(): unknown;
}

interface OutboundClientOptions {
  limits?: Partial<DependencyLimits>;
  /** Limits of single dependencies that differ from the rest. */
  perDependency?: Readonly<Record<string, Partial<DependencyLimits>>>;
}

const DEFAULT_TIMEOUT_MS = 5_000;
const DEFAULT_ANSWER_BYTES = 8 * 1024 * 1024;
/** Statuses that say "not now"; a plain 500 would most likely be one again. */
const passing = new Set([502, 503, 504]);

/** The one way out of a service: deadline, timeout, budgeted retries, breaker and bulkhead, all as metrics. */
export class OutboundClient {
  private readonly dependencies = new Map<string, Dependency>();
  private readonly agent = new Agent({ connect: { timeout: 2_000 }, keepAliveTimeout: 10_000, connections: 128 });

  constructor(
    private readonly metrics: Metrics,
    private readonly options: OutboundClientOptions = {},
  ) {}

  /**
   * Any status below 500 is an answer.
   *
   * @throws AppError `platform.unavailable` with an {@link OutboundFailure} as its cause
   */
  async request(request: OutboundRequest): Promise<OutboundAnswer> {
    try {
      return await this.dependency(request.dependency).run(() => this.attempt(request));
    } catch (error) {
      throw new AppError(platformErrors.unavailable, {}, { cause: failureOf(error, request.dependency), retryAfterSeconds: 1 });
    }
  }

  /** Whether calls to it are refused without being tried, for health summaries. */
  isOpen(dependency: string): boolean {
    return this.dependencies.get(dependency)?.open ?? false;
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private dependency(name: string): Dependency {
    let dependency = this.dependencies.get(name);
    if (!dependency) {
      const limits = { ...defaultLimits, ...this.options.limits, ...this.options.perDependency?.[name] };
      dependency = new Dependency(name, limits, this.metrics);
      this.dependencies.set(name, dependency);
    }
    return dependency;
  }

  private async attempt(request: OutboundRequest): Promise<OutboundAnswer> {
    const started = performance.now();
    const { dependency } = request;
    const observe = (outcome: string): void =>
      this.metrics.histogram('outboundSeconds').observe({ dependency, outcome }, (performance.now() - started) / 1000);
    try {
      const answer = await this.exchange(request);
      if (answer.status >= 500) throw failedStatus(request, answer.status);
      observe(`${Math.floor(answer.status / 100)}xx`);
      return answer;
    } catch (error) {
      const failure = failureOf(error, dependency);
      if (failure.kind === 'timeout' || failure.kind === 'connection') failure.retry = mayRepeat(request);
      observe(failure.kind);
      throw failure;
    }
  }

  private async exchange(request: OutboundRequest): Promise<OutboundAnswer> {
    const left = remainingMs();
    const timeout = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    if (left === 0) throw new OutboundFailure(request.dependency, 'deadline');
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(left, timeout))));
    try {
      const { statusCode, headers, body } = await send(request.url, {
        method: request.method ?? 'GET',
        headers: { ...request.headers, ...(request.propagate !== false && propagated(left, timeout)) },
        body: request.body ?? null,
        dispatcher: request.dispatcher ?? this.agent,
        signal,
      });
      const bytes = await read(body, request.maxAnswerBytes ?? DEFAULT_ANSWER_BYTES, request.dependency);
      return { status: statusCode, headers, body: bytes, json: () => JSON.parse(bytes.toString('utf8')) as unknown };
    } catch (error) {
      if (signal.aborted) throw new OutboundFailure(request.dependency, left < timeout ? 'deadline' : 'timeout');
      throw error;
    }
  }
}

function propagated(left: number, timeout: number): Record<string, string> {
  const scope = currentScope();
  // A recorded call gets its traceparent from the instrumentation, with the call's own span as the parent.
  const traceparent = recorder() && scope.otel ? undefined : currentTraceparent();
  return {
    [DEADLINE_HEADER]: String(Math.max(1, Math.floor(Math.min(left, timeout)))),
    ...(traceparent && { traceparent }),
    ...(scope.requestId && { 'x-request-id': scope.requestId }),
  };
}

async function read(body: Dispatcher.ResponseData['body'], max: number, dependency: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop destroys the body and with it the connection.
    if (length > max) throw new OutboundFailure(dependency, 'answer');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function failedStatus(request: OutboundRequest, status: number): OutboundFailure {
  const failure = new OutboundFailure(request.dependency, 'status', { detail: status });
  failure.retry = passing.has(status) && mayRepeat(request);
  return failure;
}

function mayRepeat({ method = 'GET', idempotent }: OutboundRequest): boolean {
  return (idempotent ?? (method === 'GET' || method === 'HEAD')) && remainingMs() > 0;
}

function failureOf(error: unknown, dependency: string): OutboundFailure {
  if (error instanceof OutboundFailure) return error;
  if (isBrokenCircuitError(error)) return new OutboundFailure(dependency, 'open');
  if (isBulkheadRejectedError(error)) return new OutboundFailure(dependency, 'full');
  return new OutboundFailure(dependency, 'connection', { cause: error });
}
