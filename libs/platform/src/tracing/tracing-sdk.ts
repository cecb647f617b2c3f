import type { ServiceName } from '@muster/contracts/kernel/ids';
import {
  context,
  propagation,
  trace,
  type Context,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { core, resources, tracing } from '@opentelemetry/sdk-node';
import type { Recorder, TracingOptions } from './recorder';
import { currentScope } from './scope';
import { ScopeContextManager } from './scope-context-manager';

const LIBRARY = 'muster';

/**
 * One exporter and one processor for the process, one provider with its own resource per service: the spans of five
 * services in one process show as five services. The decision to sample is made before any span, so every span that
 * is started here is recorded.
 */
class ServiceTracerProvider implements TracerProvider {
  private readonly providers = new Map<string, tracing.BasicTracerProvider>();

  constructor(
    private readonly processor: tracing.SpanProcessor,
    private readonly environment: string | undefined,
    private readonly ids: tracing.IdGenerator,
  ) {}

  providerOf(service: ServiceName | undefined): tracing.BasicTracerProvider {
    const name = service ?? LIBRARY;
    let provider = this.providers.get(name);
    if (!provider) {
      provider = new tracing.BasicTracerProvider({
        resource: resources.defaultResource().merge(
          resources.resourceFromAttributes({
            'service.namespace': LIBRARY,
            'service.name': name,
            ...(this.environment && { 'deployment.environment.name': this.environment }),
          }),
        ),
        sampler: new tracing.AlwaysOnSampler(),
        idGenerator: this.ids,
        spanProcessors: [this.processor],
        spanLimits: { attributeValueLengthLimit: 1024, attributeCountLimit: 64 },
      });
      this.providers.set(name, provider);
    }
    return provider;
  }

  /** The tracer for instrumentations; the service of a span is known only when the span starts. */
  getTracer(name: string, version?: string): Tracer {
    const tracer = (): Tracer => this.providerOf(currentScope().service).getTracer(name, version);
    return {
      startSpan: (span: string, options?: SpanOptions, parent?: Context): Span => tracer().startSpan(span, options, parent),
      startActiveSpan: ((...args: Parameters<Tracer['startActiveSpan']>) =>
        tracer().startActiveSpan(...args)) as Tracer['startActiveSpan'],
    };
  }
}

/** Random ids, unless somebody says which: the log line of a request may be written before its span is. */
class GivenIds implements tracing.IdGenerator {
  private readonly random = new tracing.RandomIdGenerator();
  private given: { readonly traceId: string; readonly spanId: string } | undefined;

  readonly generateTraceId = (): string => this.given?.traceId ?? this.random.generateTraceId();
  readonly generateSpanId = (): string => this.given?.spanId ?? this.random.generateSpanId();

  withIds<R>(ids: { traceId: string; spanId: string }, start: () => R): R {
    this.given = ids;
    try {
      return start();
    } finally {
      this.given = undefined;
    }
  }
}

/** An address's query may hold a ticket, a cursor or a push secret: spans keep origin and path only. */
function withoutQuery(origin: string, path: string): { 'url.full': string; 'url.query': string } {
  return { 'url.full': `${origin}${path.split('?', 1)[0]}`, 'url.query': '' };
}

/**
 * `pg` is loaded long before tracing is switched on, too late for a require hook: its classes are patched as they are.
 */
function instrumentPg(provider: TracerProvider): PgInstrumentation {
  const instrumentation = new PgInstrumentation({ enabled: false, requireParentSpan: true, ignoreConnectSpans: true });
  instrumentation.setTracerProvider(provider);
  for (const definition of instrumentation.getModuleDefinitions()) {
    // Required instead of imported, to patch the very object that the application holds.
    if (definition.name === 'pg') definition.patch?.(require('pg'));
  }
  return instrumentation;
}

function instrumentUndici(provider: TracerProvider): UndiciInstrumentation {
  const instrumentation = new UndiciInstrumentation({
    requireParentforSpans: true,
    startSpanHook: (request) => withoutQuery(request.origin, request.path),
  });
  instrumentation.setTracerProvider(provider);
  return instrumentation;
}

export function createRecorder(options: TracingOptions & { endpoint: string }): Recorder {
  const exporter = new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: 5000 });
  const processor = new tracing.BatchSpanProcessor(exporter, { maxQueueSize: 4096, scheduledDelayMillis: 1000 });
  const ids = new GivenIds();
  const provider = new ServiceTracerProvider(processor, options.environment, ids);
  context.setGlobalContextManager(new ScopeContextManager());
  propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  const undici = instrumentUndici(provider);
  const pg = instrumentPg(provider);
  return {
    ratio: options.ratio,
    tracer: (service) => provider.providerOf(service).getTracer(LIBRARY),
    withIds: (given, start) => ids.withIds(given, start),
    flush: () => processor.forceFlush(),
    shutdown: async () => {
      undici.disable();
      pg.disable();
      trace.disable();
      context.disable();
      propagation.disable();
      // A receiver that is gone must not keep the process from exiting.
      await processor.shutdown().catch(() => undefined);
    },
  };
}
