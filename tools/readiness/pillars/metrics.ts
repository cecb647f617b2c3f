import { command, inspection, tests, type Pillar } from '../line';
import { someFile } from '../inspections/files';

const catalogue = ['libs/platform/src/metrics/metrics.spec.ts'];

export const metrics: Pillar = {
  name: 'metrics',
  title: 'Metrics and health',
  lines: [
    {
      name: 'catalogue', question: 'Is /metrics the typed catalogue, no more and no less, each named as Prometheus asks?', run: 'quick', risk: 3,
      evidence: tests(catalogue, 20, /no more and no less|as Prometheus asks/), action: 'Declare the metric in libs/platform/src/metrics/catalogue.ts.',
    },
    {
      name: 'red', question: 'Are rate, errors and duration counted by route template and class, never by an address?', run: 'quick', risk: 4,
      evidence: tests(catalogue, 2, /by template and class|labels everything with the service/), action: 'See libs/platform/src/metrics/install-request-metrics.ts.',
    },
    {
      name: 'cardinality', question: 'Do the five services stay within a budget of series?', run: 'quick', risk: 3,
      evidence: tests(catalogue, 1, /budget of series/), action: 'Drop a label.',
    },
    {
      name: 'probes', question: 'Does live ask nothing, and ready say why not, also while draining?', run: 'quick', risk: 5,
      evidence: tests(['libs/platform/src/health/health.controller.spec.ts'], 5), action: 'See libs/platform/src/health.',
    },
    {
      name: 'readiness', question: 'Does a blip of a shared dependency leave the pod in, and a long silence take it out?', run: 'quick', risk: 5,
      evidence: tests(['libs/platform/src/health/readiness.spec.ts'], 4), action: 'See libs/platform/src/health/readiness.ts.',
    },
    {
      name: 'not-public', question: 'Are metrics, probes and internal routes on the operations listener only?', run: 'quick', risk: 5,
      evidence: tests(['libs/platform/src/auth/access.int-spec.ts', 'libs/platform/src/errors/problems.int-spec.ts'], 3, /not there on the public listener|only kind on the operations listener|metrics/),
      action: 'A route without `internal` access belongs to the public listener, and nothing else does.',
    },
    {
      name: 'table', question: 'Is the table of metrics in the documents that of the code?', run: 'quick', risk: 1,
      evidence: command('check:generated'), action: 'Run `npm run generate`.',
    },
    {
      name: 'alerts', question: 'Does every service have objectives, and alerts on their burn rate that were seen to fire, stay silent and resolve?', run: 'quick', risk: 5,
      evidence: command('check:alerts', { needs: ['tool:promtool'] }), action: 'Change tools/observability/objectives.ts or alerts.ts, then `npm run generate`.',
    },
    {
      name: 'dashboards', question: 'Do dashboards show objectives, requests, events, runtime and business?', run: 'quick', risk: 3,
      evidence: inspection(someFile('charts/muster', /dashboards\/.*\.json$/)), action: 'Generate the dashboards from the metrics catalogue.',
      later: 'dashboards are generated from the metrics catalogue in a later step',
    },
  ],
};
