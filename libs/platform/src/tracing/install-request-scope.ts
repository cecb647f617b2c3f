import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context, type Span, type SpanOptions } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isInternal, matchedRoute } from '../http/request-marks';
import { deadlineFrom } from '../resilience/deadline';
import { wasShed } from '../resilience/load-shedding';
import { recorder, type Recorder } from './recorder';
import { currentScope, runInScope, type Scope } from './scope';
import { formatTraceparent, newTraceParent, parseTraceparent, traceparentOf, type TraceParent } from './traceparent';

export interface RequestScopeOptions {
  service: ServiceName;
  /** Longest a request may take, milliseconds; a caller's own deadline only shortens it. */
  maxRequestMs: number;
}

interface RequestState {
  scope: Scope;
  /** The caller's place in its trace, as it was sent. */
  parent: TraceParent | undefined;
  span: Span | undefined;
  /** Of the trace that has a span of the request. */
  recorded: string | undefined;
}

const state = Symbol('muster.request');
type WithState = FastifyRequest & { [state]?: RequestState | null };

/** A request that takes as long always gets its log line and its span; milliseconds. */
export const SLOW_MS = 1_000;
const acceptable = /^[A-Za-z0-9._:-]{8,64}$/;

/** Fastify's `genReqId`: the caller's `x-request-id` where it is harmless to log, else a new one. */
export function requestIdOf(message: Pick<IncomingMessage, 'headers'>): string {
  const given = message.headers['x-request-id'];
  return typeof given === 'string' && acceptable.test(given) ? given : randomUUID();
}

/** The scope that a request runs in; for hooks that run outside it, such as onResponse. */
export function scopeOf(request: FastifyRequest): Scope {
  return (request as WithState)[state]?.scope ?? currentScope();
}

/**
 * The first hook of every service: request id, trace context, deadline and service name, in one scope that everything
 * the request starts inherits. The sampling decision comes before any span or context is made.
 */
export function installRequestScope(fastify: FastifyInstance, options: RequestScopeOptions): void {
  const { service } = options;
  fastify.decorateRequest(state, null);

  fastify.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request;
    const parent = parseTraceparent(headers.traceparent as string | undefined);
    // A stranger who could set the sampled flag would choose how much tracing costs: only services are believed.
    const kept = sampledRecorder(isInternal(request.raw) ? parent : undefined);
    const base = {
      service,
      requestId: request.id,
      deadlineAt: deadlineFrom(headers['x-deadline-ms'], options.maxRequestMs),
    };
    let span: Span | undefined;
    let scope: Scope;
    if (kept) {
      const context = contextOf(parent);
      span = startSpan(kept, service, request, context);
      scope = { ...base, traceparent: traceparentOf(span.spanContext()), otel: trace.setSpan(context, span) };
    } else {
      scope = { ...base, traceparent: formatTraceparent(parent ? { ...parent, sampled: false } : newTraceParent(false)) };
    }
    (request as WithState)[state] = { scope, parent, span, recorded: span?.spanContext().traceId };
    // Fastify itself carries it over the wait for a body, whose end is an event of the socket.
    runInScope(scope, done);
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    const own = (request as WithState)[state];
    if (own?.span) endSpan(own.span, reply.statusCode);
    else if (own && (reply.statusCode >= 500 || reply.elapsedTime >= SLOW_MS) && !wasShed(request)) own.recorded = recordAfterwards(service, request, reply, own);
    done();
  });
}

function contextOf(parent: TraceParent | undefined): Context {
  return parent ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, traceFlags: TraceFlags.SAMPLED, isRemote: true }) : ROOT_CONTEXT;
}

function startSpan(kept: Recorder, service: ServiceName, request: FastifyRequest, context: Context, more: SpanOptions = {}): Span {
  const attributes = { 'http.request.method': request.method, 'http.route': routeOf(request), ...more.attributes };
  return kept.tracer(service).startSpan(`${request.method} ${routeOf(request)}`, { ...more, kind: SpanKind.SERVER, attributes }, context);
}

function endSpan(span: Span, status: number): void {
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/**
 * The span of a request that was not sampled and then failed or was slow, under the trace id of its log line. It has no
 * children: what the request called was not recorded, and nobody could know before.
 *
 * @returns the trace's id
 */
function recordAfterwards(service: ServiceName, request: FastifyRequest, reply: FastifyReply, { scope, parent }: RequestState): string | undefined {
  const active = recorder();
  const own = parseTraceparent(scope.traceparent);
  if (!active || !own) return undefined;
  const more = { startTime: performance.now() - reply.elapsedTime, attributes: { 'muster.recorded': 'afterwards' } };
  const start = (): Span => startSpan(active, service, request, contextOf(parent), more);
  // With a parent the scope has the parent's ids, of which only the trace is this request's.
  endSpan(parent ? start() : active.withIds(own, start), reply.statusCode);
  return own.traceId;
}

/** The trace in which the request has a span, if there is one: what a panel may lead to. For hooks after the answer. */
export function recordedTraceOf(request: FastifyRequest): string | undefined {
  return (request as WithState)[state]?.recorded;
}

/** The route's template, so that metrics, spans and logs never hold an id of a path. */
export function routeOf(request: FastifyRequest): string {
  return matchedRoute(request).url ?? 'unmatched';
}

function sampledRecorder(believed: TraceParent | undefined): Recorder | undefined {
  const active = recorder();
  if (!active) return undefined;
  const sampled = believed ? believed.sampled : Math.random() < active.ratio;
  return sampled ? active : undefined;
}
