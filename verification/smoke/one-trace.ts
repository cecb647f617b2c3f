import { serviceNames } from '@muster/contracts/kernel/ids';
import type { ReceivedSpan } from '@muster/platform/testing/otlp-sink';

const PRODUCER = 4;
const CONSUMER = 5;

export interface TraceFound {
  readonly spans: number;
  readonly services: readonly string[];
  /** Consumer spans whose way up leads through a producer span of another service to a request. */
  readonly crossings: readonly string[];
  readonly faults: readonly string[];
}

/**
 * What of the walk's one trace arrived. Each service is in it, each span leads up to a request of the walk through
 * spans that are there as well, and facts crossed the broker from a request of one service to a consumer of another.
 */
export function findOneTrace(all: readonly ReceivedSpan[], traceId: string): TraceFound {
  const spans = all.filter((span) => span.traceId === traceId);
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const parentOf = (span: ReceivedSpan) => byId.get(span.parentSpanId);
  const services = [...new Set(spans.map(({ service }) => nameOf(service)))].sort();
  const faults = serviceNames.filter((service) => !services.includes(service)).map((service) => `${service} has no span in the trace`);

  // Every request of the walk has the same parent, which nobody sent: the walker.
  const roots = new Set(spans.filter((span) => !parentOf(span)).map(({ parentSpanId }) => parentSpanId));
  if (roots.size > 1) {
    const lost = spans.filter((span) => !parentOf(span)).map((span) => `${nameOf(span.service)} ${span.name}`);
    faults.push(`the trace has ${roots.size} beginnings: ${[...new Set(lost)].slice(0, 6).join(', ')}`);
  }

  const crossings = new Set<string>();
  for (const span of spans.filter(({ kind }) => kind === CONSUMER)) {
    for (let up = parentOf(span); up; up = parentOf(up)) {
      if (up.kind === PRODUCER && up.service !== span.service) crossings.add(`${nameOf(up.service)} → ${nameOf(span.service)}`);
    }
  }
  const expected = ['auth → matching', 'user → matching', 'matching → user', 'matching → communication', 'matching → notification', 'communication → notification'];
  for (const crossing of expected) if (!crossings.has(crossing)) faults.push(`no fact crossed ${crossing} within the trace`);
  return { spans: spans.length, services, crossings: [...crossings].sort(), faults };
}

/** A service's name in its spans may carry the product's. */
const nameOf = (service: string): string => service.replace(/^muster-/, '');
