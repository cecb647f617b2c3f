// What the stack says of itself after a walk: one trace through all services, and facts that the broker carried.
import { serviceNames } from '@muster/contracts/kernel/ids';
import { int } from '@muster/contracts/kernel/integer';
import type { ReceivedSpan } from '@muster/platform/testing/otlp-sink';
import { z } from 'zod';

const PRODUCER = 4;
const CONSUMER = 5;
/** Facts that the walk leads to, from the request of one service to the consumer of another. */
const expected = ['auth → matching', 'user → matching', 'matching → user', 'matching → communication', 'matching → notification', 'communication → notification'];

/** A service's name in its spans may carry the product's. */
const nameOf = ({ service }: ReceivedSpan): string => service.replace(/^muster-/, '');

/**
 * What of the walk's one trace arrived. Each service is in it, each span leads up to a request of the walk through
 * spans that are there as well, and facts crossed the broker.
 */
export function findOneTrace(all: readonly ReceivedSpan[], traceId: string): { spans: number; services: string[]; crossings: string[]; faults: string[] } {
  const spans = all.filter((span) => span.traceId === traceId);
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const parentOf = (span: ReceivedSpan): ReceivedSpan | undefined => byId.get(span.parentSpanId);
  const services = [...new Set(spans.map(nameOf))].sort();
  const faults = serviceNames.filter((service) => !services.includes(service)).map((service) => `${service} has no span in the trace`);

  // Every request of the walk has the same parent, which nobody sent: the walker.
  const tops = spans.filter((span) => !parentOf(span));
  const roots = new Set(tops.map(({ parentSpanId }) => parentSpanId));
  if (roots.size > 1) faults.push(`the trace has ${roots.size} beginnings: ${[...new Set(tops.map((span) => `${nameOf(span)} ${span.name}`))].slice(0, 6).join(', ')}`);

  const crossings = new Set<string>();
  for (const span of spans.filter(({ kind }) => kind === CONSUMER)) {
    for (let up = parentOf(span); up; up = parentOf(up)) {
      if (up.kind === PRODUCER && up.service !== span.service) crossings.add(`${nameOf(up)} → ${nameOf(span)}`);
    }
  }
  faults.push(...expected.filter((crossing) => !crossings.has(crossing)).map((crossing) => `no fact crossed ${crossing} within the trace`));
  return { spans: spans.length, services, crossings: [...crossings].sort(), faults };
}

const consumer = z.object({ name: z.string(), delivered: z.object({ consumer_seq: int() }) });
const stream = z.object({ name: z.string(), state: z.object({ messages: int() }), consumer_detail: z.array(consumer).default([]) });
const broker = z.object({ account_details: z.array(z.object({ stream_detail: z.array(stream).default([]) })).default([]) });

/**
 * What the broker says it carried (`/jsz?consumers=true`). Without it everything works too, only later: readers fetch
 * from the producers' outboxes what did not come, and a broker that refuses would go unnoticed.
 */
export function brokerSeen(text: string): { events: number; deliveries: number; faults: string[] } {
  const streams = broker.parse(JSON.parse(text)).account_details.flatMap((account) => account.stream_detail);
  const consumers = streams.flatMap(({ name, consumer_detail: all }) => all.map((each) => ({ stream: name, name: each.name, count: each.delivered.consumer_seq })));
  const carried = new Map(streams.map(({ name, state }) => [name, state.messages]));
  return {
    events: streams.reduce((sum, { state }) => sum + state.messages, 0),
    deliveries: consumers.reduce((sum, { count }) => sum + count, 0),
    faults: [
      ...serviceNames.filter((service) => !carried.get(`muster-${service}`)).map((service) => `the broker carried no event of ${service}`),
      ...consumers.filter(({ count }) => count === 0).map((one) => `the broker delivered nothing of ${one.stream} to ${one.name}`),
    ],
  };
}
