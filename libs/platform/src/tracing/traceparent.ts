import { randomFillSync } from 'node:crypto';
import { ROOT_CONTEXT, trace, TraceFlags, type SpanContext } from '@opentelemetry/api';
import { currentScope, withScope } from './scope';

/** The part of a W3C `traceparent` header that Muster uses. */
export interface TraceParent {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

const form = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const zeros = /^0+$/;

/** Undefined for anything that is not a version 00 traceparent: a foreign header never fails a request. */
export function parseTraceparent(header: string | undefined): TraceParent | undefined {
  const match = header === undefined ? null : form.exec(header);
  if (!match?.[1] || !match[2] || !match[3] || zeros.test(match[1]) || zeros.test(match[2])) return undefined;
  return { traceId: match[1], spanId: match[2], sampled: (parseInt(match[3], 16) & TraceFlags.SAMPLED) !== 0 };
}

export function formatTraceparent({ traceId, spanId, sampled }: TraceParent): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}

export function traceparentOf(context: SpanContext): string {
  return formatTraceparent({
    traceId: context.traceId,
    spanId: context.spanId,
    sampled: (context.traceFlags & TraceFlags.SAMPLED) !== 0,
  });
}

const POOL_BYTES = 24 * 256;
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/** A new trace. Random bytes are drawn for 256 traces at once: one draw a request is measurable. */
export function newTraceParent(sampled: boolean): TraceParent {
  if (used === POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const drawn = pool.toString('hex', used, used + 24);
  used += 24;
  return { traceId: drawn.slice(0, 32), spanId: drawn.slice(32), sampled };
}

/**
 * The trace context of the present work, as it goes into event rows, internal calls and live hints.
 * Undefined outside any request, event or timer.
 */
export function currentTraceparent(): string | undefined {
  const scope = currentScope();
  const span = scope.otel && trace.getSpanContext(scope.otel);
  return span ? traceparentOf(span) : scope.traceparent;
}

/** The trace id that log lines and problem documents carry. */
export function currentTraceId(): string | undefined {
  return currentTraceparent()?.slice(3, 35);
}

/** Runs `work` as a continuation of the trace of `traceparent`; with none or a malformed one, in the scope as it is. */
export function withTraceparent<R>(traceparent: string | undefined, work: () => R): R {
  const parent = parseTraceparent(traceparent);
  if (!parent) return work();
  const otel = parent.sampled
    ? trace.setSpanContext(ROOT_CONTEXT, {
        traceId: parent.traceId,
        spanId: parent.spanId,
        traceFlags: TraceFlags.SAMPLED,
        isRemote: true,
      })
    : undefined;
  return withScope({ traceparent, otel }, work);
}
