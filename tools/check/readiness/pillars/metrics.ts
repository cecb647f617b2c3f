import { command, inspection, quick, tests, type Pillar } from '../line';
import { someFile } from '../inspections/files';

const catalogue = ['libs/platform/src/metrics/metrics.spec.ts'];

export const metrics: Pillar = {
  name: 'metrics',
  title: 'Metrics and health',
  lines: [
    quick(3, 'catalogue', 'Is /metrics the typed catalogue, no more and no less, each named as Prometheus asks?',
      tests(catalogue, 20, /no more and no less|as Prometheus asks/), 'Declare the metric in libs/platform/src/metrics/catalogue.ts.'),
    quick(4, 'red', 'Are rate, errors and duration counted by route template and class, never by an address?',
      tests(catalogue, 2, /by template and class|labels everything with the service/), 'See libs/platform/src/metrics/install-request-metrics.ts.'),
    quick(3, 'cardinality', 'Do the five services stay within a budget of series?', tests(catalogue, 1, /budget of series/), 'Drop a label.'),
    quick(5, 'probes', 'Does live ask nothing, and ready say why not, also while draining?',
      tests(['libs/platform/src/health/health.controller.spec.ts'], 5), 'See libs/platform/src/health.'),
    quick(5, 'readiness', 'Does a blip of a shared dependency leave the pod in, and a long silence take it out?',
      tests(['libs/platform/src/health/readiness.spec.ts'], 4), 'See libs/platform/src/health/readiness.ts.'),
    quick(5, 'not-public', 'Are metrics, probes and internal routes on the operations listener only?',
      tests(['libs/platform/src/auth/access.int-spec.ts', 'libs/platform/src/errors/problems.int-spec.ts'], 3, /not there on the public listener|only kind on the operations listener|metrics/), 'A route without `internal` access belongs to the public listener, and nothing else does.'),
    quick(1, 'table', 'Is the table of metrics in the documents that of the code?', command('check:generated'), 'Run `npm run generate`.'),
    quick(5, 'alerts', 'Does every service have objectives, and alerts on their burn rate that were seen to fire, stay silent and resolve?',
      command('check:alerts', { needs: ['tool:promtool'] }), 'Change tools/generate/observability/objectives.ts or alerts.ts, then `npm run generate`.'),
    quick(3, 'dashboards', 'Do dashboards show objectives, requests, events, runtime and business?',
      inspection(someFile('charts/muster', /dashboards\/.*\.json$/)), 'Generate the dashboards from the metrics catalogue.', { later: 'dashboards are generated from the metrics catalogue in a later step' }),
  ],
};
