// What holds of the code, its tests and its documents.
import { command, full, pillar, proof, quick, tests } from './line';

const code = ['apps', 'libs', 'frontend', 'tools', 'jest.config.cjs'];
const config = ['libs/platform/src/config/define-config.spec.ts'];
const requestLog = ['libs/platform/src/logging/request-log.spec.ts'];
const metricsCatalogue = ['libs/platform/src/metrics/metrics.spec.ts'];
const traces = ['libs/platform/src/tracing/one-trace.int-spec.ts'];
const contracts = ['/test/contract.int-spec.ts'];
const selfTests = ['libs/platform/src/testing/generated/generated.self.int-spec.ts'];
const generated = command('check:generated', { figure: /(\d+) generated files, 0 stale/, least: 30 });
/** One run of `check:generated` reads the documents as well; each kind of fault is a line of what it prints. */
const documents = (figure: RegExp, least: number) => command('check:generated', { figure, least, part: true });

export const ofCode = [
  pillar('build', 'Build',
    quick(4, 'types', 'Does every workspace, test and tool type-check?', command('check:types', { minutes: 20 })),
    quick(2, 'lint', 'Is the code free of warnings: no `any`, no floating promise, no file over 300 lines, no suppression without its reason, no test left out?', command('check:lint', { minutes: 20 })),
    quick(3, 'walls', 'Do services, libraries and slices keep to their walls, and does each wall fire on its fixture?', command('check:walls', { figure: /(\d+) modules, \d+ rules each seen failing/, least: 250 })),
    quick(1, 'unused', 'Is every file, export and dependency used?', command('check:unused')),
    quick(3, 'reproducible', 'Do two builds in two places give the same bytes?', command('check:build', { figure: /(\d+) files built twice, 0 differ/, least: 300 })),
    quick(2, 'incremental', 'Is only what changed built again, and nothing stale kept?', tests(['tools/dev/build/build.int-spec.ts'], 7)),
    quick(2, 'generated', 'Are the typed client, messages and tables those of the code?', generated),
    quick(4, 'lockfile', 'Does the lock file name every package by one registry and an integrity hash?', command('check:lock'))),
  pillar('configuration', 'Configuration',
    quick(3, 'faults', 'Does a service with a faulty environment name all faults at once, and no secret?', tests(config, 1, /names every fault at once and no secret/)),
    quick(3, 'typed', 'Is every variable parsed by a schema, with its default and description?', tests(config, 10, /parsed with defaults|describes each variable|peers|rate/)),
    quick(4, 'secrets', 'Can every value come from a file, and is a missing or doubled one refused by name only?', tests(config, 2, /from a file|beside a file/)),
    quick(2, 'example', 'Is `.env.example` what the schemas say?', generated),
    quick(3, 'standalone', 'Does the one-process mode tell each service all that it asks for?', tests(['apps/standalone/src/environment.spec.ts', 'apps/standalone/src/options.spec.ts'], 15)),
    quick(4, 'charts', 'Is the environment of each service the same in schema, chart and external secrets, in every render?', command('check:charts', { figure: /environment = schema = ExternalSecret = Secrets\s+(\d+)\s+0\b/, least: 15, part: true })),
    quick(4, 'compose', 'Is the environment of each service in the compose file what its schema asks for?', command('check:charts', { figure: /compose\.yaml has the services’ environment\s+(\d+)\s+0\b/, least: 5, part: true }))),
  pillar('logging', 'Logging',
    quick(3, 'json', 'Is each request one JSON line of one schema, with route, request and trace?', tests(requestLog, 2, /are JSON of one schema|go the same way/)),
    quick(5, 'redaction', 'Does no secret, token or contact reach a line, wherever it came in?', tests(['libs/platform/src/logging/redaction.spec.ts', ...requestLog], 40, /redaction|never hold a secret/)),
    quick(2, 'sampling', 'Do lines stand for a share of the unremarkable requests and for each failure?', tests(requestLog, 1, /share of the unremarkable/)),
    quick(2, 'level', 'Does LOG_LEVEL decide what is written?', tests(requestLog, 1, /obey LOG_LEVEL/)),
    quick(3, 'request-id', 'Does every answer carry a request id that its lines carry too, and is a hostile one replaced?', tests([...requestLog, 'libs/platform/src/errors/problems.int-spec.ts'], 3, /request id|inside the handler with its request/)),
    quick(1, 'queries', 'Do the sample queries for the log store ask for fields and sentences that there are?', documents(/(\d+) queries of logs, 0 faults/, 10))),
  pillar('metrics', 'Metrics and health',
    quick(3, 'catalogue', 'Is /metrics the typed catalogue, no more and no less, each named as Prometheus asks?', tests(metricsCatalogue, 20, /no more and no less|as Prometheus asks/)),
    quick(4, 'red', 'Are rate, errors and duration counted by route template and class, never by an address?', tests(metricsCatalogue, 2, /by template and class|labels everything with the service/)),
    quick(3, 'cardinality', 'Do the five services stay within a budget of series?', tests(metricsCatalogue, 1, /budget of series/)),
    quick(5, 'probes', 'Does live ask nothing, and ready say why not, also while draining?', tests(['libs/platform/src/health/health.controller.spec.ts'], 5)),
    quick(5, 'readiness', 'Does a blip of a shared dependency leave the pod in, and a long silence take it out?', tests(['libs/platform/src/health/readiness.spec.ts'], 4)),
    quick(5, 'not-public', 'Are metrics, probes and internal routes on the operations listener only?', tests(['libs/platform/src/auth/access.int-spec.ts', 'libs/platform/src/errors/problems.int-spec.ts'], 3, /not there on the public listener|only kind on the operations listener|metrics/)),
    quick(1, 'table', 'Is the table of metrics in the documents that of the code?', generated),
    quick(5, 'alerts', 'Does every service have objectives, and alerts on their burn rate that were seen to fire, stay silent and resolve?', command('check:alerts', { needs: ['promtool'] })),
    quick(3, 'dashboards', 'Do dashboards show objectives, requests, events, runtime and business, and does each of their queries return numbers from a Prometheus that scraped a running Muster?', command('check:dashboards', { figure: /(\d+) queries asked, \d+ rules, 0 faults/, least: 100, needs: ['prometheus'] }))),
  pillar('testing', 'Testing',
    quick(4, 'unit', 'Do all unit tests pass?', tests(['.spec.ts'], 900)),
    full(5, 'integration', 'Do all tests of services over HTTP with a real PostgreSQL and real brokers pass?', tests(['.int-spec.ts'], 500)),
    full(5, 'end-to-end', 'Does the thread from sign-up to a filled slot work in two real browsers?', tests(['frontend/e2e/thread.e2e.ts'], 7, undefined, ['chromium'])),
    full(4, 'standalone', 'Does the product in one process start, keep its data over a kill, hide its inside and end in order?', tests(['apps/standalone/src/standalone.int-spec.ts', 'apps/standalone/src/postgres/start-postgres.int-spec.ts'], 15)),
    full(3, 'accessibility', 'Is every page open to a screen reader, and would a page that is not be found?', tests(['frontend/e2e/accessibility.e2e.ts'], 3, undefined, ['chromium'])),
    quick(5, 'contract', 'Does every route of every service answer and refuse as its contract declares?', tests(contracts, 150)),
    quick(4, 'planted', 'Do the generated suites notice a service that breaks its contract?', tests(selfTests, 8)),
    full(4, 'mutation', 'Do the unit tests of rules, policies, guards and the gate notice when that code is changed?', command('mutate', { figure: /mutation score ([\d.]+) %/, minutes: 60 }), { inputs: ['apps', 'libs', 'stryker.config.mjs', 'jest.config.cjs', 'package-lock.json'] }),
    quick(5, 'compatible', 'Do routes and events still take and give what the last release did?', command('check:contracts', { figure: /(\d+) routes, \d+ events, 0 breaks/, least: 30 })),
    full(5, 'crash-points', 'Is nothing lost or doubled when the product dies at each named point, the first, second and seventeenth time?', proof('crash:points', { shows: ['points', 'kills', 'notVisited', 'faults'] }), { inputs: ['apps', 'libs', 'verification/crash', 'verification/product', 'package-lock.json'] }),
    quick(4, 'crash-controls', 'Does the checker of crash histories find each kind of fault in a history forged with it?', tests(['verification/crash/check-history.spec.ts'], 29, /finds /)),
    full(3, 'coverage', 'Do the tests reach the code, above a threshold for each workspace?', command('test:coverage', { minutes: 30, figure: /(\d+) passed, 0 failed/ }), { inputs: code })),
  pillar('tracing', 'Tracing',
    quick(3, 'one-trace', 'Is it one trace across services, one span for each call, each under its own service?', tests(traces, 2, /one trace, one span|finds back/)),
    quick(3, 'sampling', 'Is about the configured share kept, by nobody’s word but ours?', tests(traces, 3, /ratio 0|flag decide|its share/)),
    quick(3, 'propagation', 'Does the context survive awaits, timers, malformed headers and calls to others, and stay from strangers?', tests(['libs/platform/src/tracing/traceparent.spec.ts', 'libs/platform/src/resilience/outbound-client.int-spec.ts'], 8, /traceparent|and the trace/)),
    full(3, 'processes', 'Does one trace cross the five services as separate processes, seen at a collector?', proof('smoke:compose', { aims: [{ figure: 'servicesInTrace', least: 5 }], shows: ['spans'], needs: ['docker'], minutes: 30 }), { inputs: ['apps', 'libs', 'compose.yaml', 'Dockerfile', 'verification/smoke', 'verification/product'] })),
  pillar('documentation', 'Documentation',
    quick(3, 'commands', 'Does every command that the documents name exist?', documents(/(\d+) commands named by documents, 0 faults/, 100)),
    quick(1, 'every-command', 'Is every command of package.json explained in README or CONTRIBUTING?', documents(/(\d+) commands explained, 0 faults/, 30)),
    quick(2, 'links', 'Does every link of the documents lead to a file?', documents(/(\d+) links of documents, 0 faults/, 30)),
    quick(2, 'decisions', 'Does every decision record give context, decision and what enforces it, in numbers without a hole?', documents(/(\d+) decisions, 0 faults/, 20)),
    quick(2, 'tables', 'Are the tables of routes, events, problems, configuration and metrics those of the code?', generated),
    quick(2, 'api', 'Does every service publish OpenAPI 3.1 of its public routes, and of no other?', tests(['libs/platform/src/openapi/documents.int-spec.ts'], 3)),
    quick(2, 'first-steps', 'Does `npm start` say its options, and refuse what it cannot do in a sentence?', tests(['tools/dev/build/start.int-spec.ts'], 3)),
    quick(4, 'runbooks', 'Does every alert lead to a runbook that is there, and is every runbook led to?', command('check:alerts', { figure: /(\d+) runbooks, 0 faults/, least: 15, part: true }))),
];
