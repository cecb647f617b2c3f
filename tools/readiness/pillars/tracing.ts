import { proof, tests, type Pillar } from '../line';

const traces = ['libs/platform/src/tracing/one-trace.int-spec.ts'];

export const tracing: Pillar = {
  name: 'tracing',
  title: 'Tracing',
  lines: [
    {
      name: 'one-trace', question: 'Is it one trace across services, one span for each call, each under its own service?', run: 'quick', risk: 3,
      evidence: tests(traces, 2, /one trace, one span|finds back/), action: 'See libs/platform/src/tracing.',
    },
    {
      name: 'sampling', question: 'Is about the configured share kept, by nobody’s word but ours?', run: 'quick', risk: 3,
      evidence: tests(traces, 3, /ratio 0|flag decide|its share/), action: 'See libs/platform/src/tracing.',
    },
    {
      name: 'propagation', question: 'Does the context survive awaits, timers, malformed headers and calls to others, and stay from strangers?', run: 'quick', risk: 3,
      evidence: tests(['libs/platform/src/tracing/traceparent.spec.ts', 'libs/platform/src/resilience/outbound-client.int-spec.ts'], 8, /traceparent|and the trace/),
      action: 'See libs/platform/src/tracing/traceparent.ts.',
    },
    {
      name: 'processes', question: 'Does one trace cross the five services as separate processes, seen at a collector?', run: 'full', risk: 3,
      evidence: proof('smoke:compose', { aims: [{ figure: 'servicesInTrace', least: 5 }], shows: ['spans'], needs: ['docker'], minutes: 30 }), inputs: ['apps', 'libs', 'compose.yaml', 'Dockerfile', 'tools/smoke'],
      action: 'Read `npm run smoke:compose`.',
    },
  ],
};
