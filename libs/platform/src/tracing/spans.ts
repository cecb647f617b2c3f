import type { ServiceName } from '@muster/contracts/kernel/ids';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span } from '@opentelemetry/api';
import { isError } from '../kernel/is-error';
import { recorder } from './recorder';
import { currentScope, withScope } from './scope';
import { parseTraceparent, traceparentOf, withTraceparent } from './traceparent';

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
  /** The trace parent that travelled with the event. */
  traceparent?: string | undefined;
}

/**
 * Handing events to the carrier together, with a span of its own for each that belongs to a sampled trace. `work` gets
 * the events as they go out: whoever receives one continues at the span that sent it.
 */
export async function tracedPublish<Event extends EventFacts>(
  service: ServiceName,
  events: readonly Event[],
  work: (events: readonly Event[]) => Promise<void>,
): Promise<void> {
  const tracer = recorder()?.tracer(service);
  if (!tracer || !events.some(isSampled)) return work(events);
  const spans: Span[] = [];
  const outgoing = events.map((event) => {
    if (!isSampled(event)) return event;
    const span = withTraceparent(event.traceparent, () =>
      tracer.startSpan(`publish ${event.type}`, { kind: SpanKind.PRODUCER, attributes: messaging(event) }, currentScope().otel),
    );
    spans.push(span);
    return { ...event, traceparent: traceparentOf(span.spanContext()) };
  });
  try {
    await work(outgoing);
  } catch (error) {
    for (const span of spans) markFailed(span, error);
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
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

function isSampled({ traceparent }: { traceparent?: string | undefined }): boolean {
  return parseTraceparent(traceparent)?.sampled === true;
}

function markFailed(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', isError(error) ? error.name : 'unknown');
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
  if (!recorder() || !isSampled({ traceparent })) return withTraceparent(traceparent, work);
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
    markFailed(span, error);
    throw error;
  } finally {
    span.end();
  }
}
