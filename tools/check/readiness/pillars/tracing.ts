import { full, proof, quick, tests, type Pillar } from '../line';

const traces = ['libs/platform/src/tracing/one-trace.int-spec.ts'];

export const tracing: Pillar = {
  name: 'tracing',
  title: 'Tracing',
  lines: [
    quick(3, 'one-trace', 'Is it one trace across services, one span for each call, each under its own service?',
      tests(traces, 2, /one trace, one span|finds back/), 'See libs/platform/src/tracing.'),
    quick(3, 'sampling', 'Is about the configured share kept, by nobody’s word but ours?', tests(traces, 3, /ratio 0|flag decide|its share/), 'See libs/platform/src/tracing.'),
    quick(3, 'propagation', 'Does the context survive awaits, timers, malformed headers and calls to others, and stay from strangers?',
      tests(['libs/platform/src/tracing/traceparent.spec.ts', 'libs/platform/src/resilience/outbound-client.int-spec.ts'], 8, /traceparent|and the trace/), 'See libs/platform/src/tracing/traceparent.ts.'),
    full(3, 'processes', 'Does one trace cross the five services as separate processes, seen at a collector?',
      proof('smoke:compose', { aims: [{ figure: 'servicesInTrace', least: 5 }], shows: ['spans'], needs: ['docker'], minutes: 30 }), undefined, { inputs: ['apps', 'libs', 'compose.yaml', 'Dockerfile', 'verification/smoke', 'verification/product'] }),
  ],
};
