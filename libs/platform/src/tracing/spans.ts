import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Context } from '@opentelemetry/api';
import { recorder } from './recorder';
import { currentScope, withScope } from './scope';
import { currentTraceparent, parseTraceparent, traceparentOf, withTraceparent } from './traceparent';

/**
 * A span around a step that no instrumentation sees. Where the present work is not sampled, it only calls `work`.
 * An exception marks the span; its message is not kept, it may quote somebody's data.
 */
export async function traced<R>(name: string, attributes: Attributes, work: () => Promise<R> | R): Promise<R> {
  const parent = currentScope().otel;
  if (!parent || !recorder()) return work();
  return inSpan(name, SpanKind.INTERNAL, attributes, parent, work);
}

interface EventFacts {
  /** The event's type, `<service>.<aggregate>.<fact>.v<n>`. */
  type: string;
  id: string;
  /** As it travelled with the event. */
  traceparent: string | undefined;
}

/** Handing one event to the broker; `work` gets the traceparent to put into the headers. */
export async function tracedPublish<R>(event: EventFacts, work: (traceparent: string | undefined) => Promise<R>): Promise<R> {
  return inRemoteSpan(`publish ${event.type}`, SpanKind.PRODUCER, messaging(event), event.traceparent, () =>
    work(currentTraceparent()),
  );
}

/** One event in one consumer; a continuation of the request that caused it. */
export async function tracedConsume<R>(event: EventFacts & { consumer: string }, work: () => Promise<R>): Promise<R> {
  const attributes = { ...messaging(event), 'messaging.consumer.group.name': event.consumer };
  return inRemoteSpan(`process ${event.type}`, SpanKind.CONSUMER, attributes, event.traceparent, work);
}

/** Passing a live hint on to a person's sockets. */
export async function tracedHint<R>(hint: { kind: string; traceparent?: string | undefined }, work: () => Promise<R> | R): Promise<R> {
  return inRemoteSpan(`hint ${hint.kind}`, SpanKind.CONSUMER, { 'muster.hint.kind': hint.kind }, hint.traceparent, work);
}

function messaging(event: EventFacts): Attributes {
  return { 'messaging.system': 'muster', 'messaging.destination.name': event.type, 'messaging.message.id': event.id };
}

async function inRemoteSpan<R>(
  name: string,
  kind: SpanKind,
  attributes: Attributes,
  traceparent: string | undefined,
  work: () => Promise<R> | R,
): Promise<R> {
  if (!recorder() || parseTraceparent(traceparent)?.sampled !== true) return withTraceparent(traceparent, work);
  return withTraceparent(traceparent, () =>
    inSpan(name, kind, attributes, currentScope().otel ?? ROOT_CONTEXT, work),
  );
}

async function inSpan<R>(
  name: string,
  kind: SpanKind,
  attributes: Attributes,
  parent: Context,
  work: () => Promise<R> | R,
): Promise<R> {
  const tracer = recorder()?.tracer(currentScope().service);
  if (!tracer) return work();
  const span = tracer.startSpan(name, { kind, attributes }, parent);
  try {
    return await withScope({ otel: trace.setSpan(parent, span), traceparent: traceparentOf(span.spanContext()) }, work);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
    throw error;
  } finally {
    span.end();
  }
}
