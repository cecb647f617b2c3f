// Every alert that is not an objective's burn rate: a cause that people will feel soon, or that no request shows. Each has
// a runbook under docs/runbooks, and series under which it fires and stays silent; its promtool test is made of them.
import { serviceNames } from '@muster/contracts/kernel/ids';
import { metrics } from '@muster/platform/metrics/catalogue';

/** `page`: somebody is woken. `ticket`: the next working day. */
export type Severity = 'page' | 'ticket';

/** Samples of one series, a minute apart, as promtool writes them: `0x10 5x20`. */
export type Samples = Readonly<Record<string, string>>;

export interface Alert {
  readonly name: string;
  readonly severity: Severity;
  /** Beside the severity and those of the expression. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly expr: string;
  readonly for: string;
  readonly summary: string;
  readonly runbook: string;
  readonly seen: {
    /** Healthy at first, at fault from the eleventh minute to the sixtieth, healthy again afterwards. */
    readonly fires: Samples;
    /** Close to the fault around the ninetieth minute, and none. */
    readonly silent: Samples;
    /** Labels of the alert that fires, besides the severity, and its summary. */
    readonly labels: Readonly<Record<string, string>>;
    readonly says: string;
  };
}

/** A fault of fifty minutes in a gauge. */
const during = (well: number, ill: number): string => `${well}x10 ${ill}x49 ${well}x60`;
/** The same in a counter: it rises by so much a minute while the fault lasts, by `rest` otherwise. */
const rising = (perMinute: number, rest = 0): string => `0+${rest}x10 ${10 * rest}+${perMinute}x49 ${10 * rest + 49 * perMinute}+${rest}x60`;
const series = (name: string, labels: Readonly<Record<string, string>>): string =>
  `${name}{${Object.entries(labels).map(([key, value]) => `${key}="${value}"`).join(',')}}`;

const { eventLagSeconds, inboxParked, outboxUnpublished, relayFailures, timersDueLagSeconds, revocationCutOff, searchIndexLagSeconds } = metrics;
const { breakerState, outboundSeconds, timersFired, tasksDueLagSeconds, tasksGivenUp, tasksWorked, poolWaiting, shedRequests, httpRequestSeconds, counterStoreFallbacks, answerValidationFailures, eventLoopDelaySeconds, fanoutLost } = metrics;

const worst = (name: string, ...labels: string[]): string => `max by (${['namespace', 'service', ...labels].join(', ')}) (${name})`;
const total = (expr: string, ...labels: string[]): string => `sum by (${['namespace', 'service', ...labels].join(', ')}) (${expr})`;

const failures = (when: string): string => total(`${answerValidationFailures.name}${when}`, 'route');

const matching = { service: 'matching' };
const mailing = { service: 'auth', kind: 'auth.send_mail' };
const handing = { service: 'matching', producer: 'user', consumer: 'worker-projection' };

const gone: readonly Alert[] = serviceNames.map((service) => ({
  name: 'MusterServiceGone',
  severity: 'page',
  labels: { service },
  // A series that is absent has no namespace to tell.
  expr: `absent(${series(metrics.httpRequestsInFlight.name, { service })})`,
  for: '5m',
  summary: 'No replica of {{ $labels.service }} has been heard for five minutes.',
  runbook: 'service-gone',
  seen: {
    fires: { [series(metrics.httpRequestsInFlight.name, { service })]: '3x10 stale _x48 3x60' },
    silent: { [series(metrics.httpRequestsInFlight.name, { service })]: '0x130' },
    labels: { service },
    says: `No replica of ${service} has been heard for five minutes.`,
  },
}));

const AVAILABLE = 'kube_deployment_status_replicas_available';

export const alerts: readonly Alert[] = [
  ...gone,
  {
    name: 'MusterNothingReady', severity: 'page', for: '2m', runbook: 'nothing-ready',
    // Kubernetes' own figure: pods that are not ready are scraped as ever, and the ingress answers in their stead.
    expr: `max by (namespace, deployment) (${AVAILABLE}{deployment=~"muster-(${serviceNames.join('|')}|web)"}) == 0`,
    summary: 'No pod of {{ $labels.deployment }} is ready: whoever asks gets a 503 from the ingress.',
    seen: {
      fires: { [series(AVAILABLE, { namespace: 'muster', deployment: 'muster-matching' })]: during(2, 0) },
      silent: { [series(AVAILABLE, { namespace: 'muster', deployment: 'muster-matching' })]: '1x130', [series(AVAILABLE, { namespace: 'other', deployment: 'muster-tool' })]: '0x130' },
      labels: { namespace: 'muster', deployment: 'muster-matching' },
      says: 'No pod of muster-matching is ready: whoever asks gets a 503 from the ingress.',
    },
  },
  {
    // Readers fetch from the outbox meanwhile: what people feel of it pages by itself.
    name: 'MusterOutboxStuck', severity: 'ticket', for: '10m', runbook: 'outbox-stuck',
    expr: `${worst(outboxUnpublished.name)} > 0 and ${total(`rate(${relayFailures.name}[5m])`)} > 0`,
    summary: '{{ $labels.service }} cannot publish {{ $value }} committed events: its relay fails again and again.',
    seen: {
      fires: { [series(outboxUnpublished.name, matching)]: during(0, 40), [series(relayFailures.name, matching)]: rising(6) },
      silent: { [series(outboxUnpublished.name, matching)]: '40x130', [series(relayFailures.name, matching)]: '3x130' },
      labels: matching,
      says: 'matching cannot publish 40 committed events: its relay fails again and again.',
    },
  },
  {
    name: 'MusterTimersLate', severity: 'page', for: '5m', runbook: 'timers-late',
    expr: `${worst(timersDueLagSeconds.name)} > 60`,
    summary: 'The oldest due timer of {{ $labels.service }} has waited {{ $value | humanizeDuration }}: waves and deadlines stand still.',
    seen: { fires: { [series(timersDueLagSeconds.name, matching)]: during(0, 90) }, silent: { [series(timersDueLagSeconds.name, matching)]: '60x130' }, labels: matching, says: 'The oldest due timer of matching has waited 1m 30s: waves and deadlines stand still.' },
  },
  {
    name: 'MusterRevocationsUnknown', severity: 'page', for: '1m', runbook: 'revocations-unknown',
    expr: `${worst(revocationCutOff.name)} > 0`,
    summary: '{{ $labels.service }} cannot learn which sessions ended and refuses writes.',
    seen: { fires: { [series(revocationCutOff.name, matching)]: during(0, 1) }, silent: { [series(revocationCutOff.name, matching)]: '0x130' }, labels: matching, says: 'matching cannot learn which sessions ended and refuses writes.' },
  },
  {
    name: 'MusterTimersFail', severity: 'ticket', for: '15m', runbook: 'timers-fail',
    expr: `${total(`rate(${timersFired.name}{outcome="failed"}[10m])`, 'kind')} > 0`,
    summary: 'Timers {{ $labels.kind }} of {{ $labels.service }} fail again and again: they are put off, never late.',
    seen: {
      fires: { [series(timersFired.name, { ...matching, kind: 'invite.expire', outcome: 'failed' })]: rising(1) },
      silent: {
        [series(timersFired.name, { ...matching, kind: 'invite.expire', outcome: 'failed' })]: '3x88 4x42',
        [series(timersFired.name, { ...matching, kind: 'invite.expire', outcome: 'done' })]: '0+5x130',
      },
      labels: { ...matching, kind: 'invite.expire' },
      says: 'Timers invite.expire of matching fail again and again: they are put off, never late.',
    },
  },
  {
    name: 'MusterTasksLate', severity: 'page', for: '5m', runbook: 'tasks-late',
    expr: `${worst(tasksDueLagSeconds.name, 'kind')} > 60`,
    summary: 'The oldest due task {{ $labels.kind }} of {{ $labels.service }} has waited {{ $value | humanizeDuration }}: nobody works them.',
    seen: { fires: { [series(tasksDueLagSeconds.name, mailing)]: during(0, 90) }, silent: { [series(tasksDueLagSeconds.name, mailing)]: '60x130' }, labels: mailing, says: 'The oldest due task auth.send_mail of auth has waited 1m 30s: nobody works them.' },
  },
  {
    name: 'MusterTasksFail', severity: 'ticket', for: '15m', runbook: 'tasks-fail',
    expr: `${total(`rate(${tasksWorked.name}{outcome="failed"}[10m])`, 'kind')} > 0`,
    summary: 'Tasks {{ $labels.kind }} of {{ $labels.service }} fail again and again: what they ask does not answer.',
    seen: {
      fires: { [series(tasksWorked.name, { ...mailing, outcome: 'failed' })]: rising(1) },
      silent: { [series(tasksWorked.name, { ...mailing, outcome: 'failed' })]: '3x88 4x42', [series(tasksWorked.name, { ...mailing, outcome: 'done' })]: '0+5x130' },
      labels: mailing,
      says: 'Tasks auth.send_mail of auth fail again and again: what they ask does not answer.',
    },
  },
  {
    name: 'MusterTasksGivenUp', severity: 'ticket', for: '5m', runbook: 'tasks-given-up',
    expr: `${worst(tasksGivenUp.name, 'kind')} > 0`,
    summary: '{{ $value }} tasks {{ $labels.kind }} of {{ $labels.service }} were given up and wait for a replay.',
    seen: { fires: { [series(tasksGivenUp.name, mailing)]: during(0, 2) }, silent: { [series(tasksGivenUp.name, mailing)]: '0x130' }, labels: mailing, says: '2 tasks auth.send_mail of auth were given up and wait for a replay.' },
  },
  {
    name: 'MusterEventsLag', severity: 'ticket', for: '10m', runbook: 'events-lag',
    expr: `${worst(eventLagSeconds.name, 'producer', 'consumer')} > 60`,
    summary: '{{ $labels.consumer }} of {{ $labels.service }} is {{ $value | humanizeDuration }} behind {{ $labels.producer }}.',
    seen: { fires: { [series(eventLagSeconds.name, handing)]: during(0, 120) }, silent: { [series(eventLagSeconds.name, handing)]: '60x130' }, labels: handing, says: 'worker-projection of matching is 2m 0s behind user.' },
  },
  {
    name: 'MusterEventsParked', severity: 'ticket', for: '5m', runbook: 'events-parked',
    expr: `${worst(inboxParked.name, 'consumer')} > 0`,
    summary: '{{ $value }} aggregates of {{ $labels.consumer }} in {{ $labels.service }} wait for a replay.',
    seen: {
      fires: { [series(inboxParked.name, { ...matching, consumer: 'x' })]: during(0, 2) },
      silent: { [series(inboxParked.name, { ...matching, consumer: 'x' })]: '0x130' },
      labels: { ...matching, consumer: 'x' },
      says: '2 aggregates of x in matching wait for a replay.',
    },
  },
  {
    name: 'MusterSearchIndexBehind', severity: 'ticket', for: '5m', runbook: 'search-index-behind',
    expr: `${worst(searchIndexLagSeconds.name)} > 30`,
    summary: 'The search index of {{ $labels.service }} is {{ $value | humanizeDuration }} behind its table.',
    seen: { fires: { [series(searchIndexLagSeconds.name, matching)]: during(0, 60) }, silent: { [series(searchIndexLagSeconds.name, matching)]: '30x130' }, labels: matching, says: 'The search index of matching is 1m 0s behind its table.' },
  },
  {
    name: 'MusterDependencyCutOff', severity: 'ticket', for: '5m', runbook: 'dependency-cut-off',
    // Half-open is a moment between two tries, so most of five minutes counts; and a breaker closes at the next call only,
    // so that one which nobody asks any more says nothing.
    expr: `${worst(`avg_over_time((${breakerState.name} == bool 1)[5m:30s])`, 'dependency')} > 0.5 and ${total(`rate(${outboundSeconds.name}_count[10m])`, 'dependency')} > 0`,
    summary: '{{ $labels.service }} has stopped calling {{ $labels.dependency }}: its breaker is open.',
    seen: {
      fires: {
        [series(breakerState.name, { ...matching, dependency: 'user' })]: during(0, 1),
        [series(`${outboundSeconds.name}_count`, { ...matching, dependency: 'user', outcome: 'connection' })]: rising(10, 1),
      },
      silent: {
        [series(breakerState.name, { ...matching, dependency: 'user' })]: '0x88 1 1 0 0 1 0x40',
        [series(`${outboundSeconds.name}_count`, { ...matching, dependency: 'user', outcome: 'connection' })]: '0+10x130',
        [series(breakerState.name, { service: 'user', dependency: 'auth' })]: '1x130',
        [series(`${outboundSeconds.name}_count`, { service: 'user', dependency: 'auth', outcome: 'connection' })]: '0+10x40 400x90',
      },
      labels: { ...matching, dependency: 'user' },
      says: 'matching has stopped calling user: its breaker is open.',
    },
  },
  {
    name: 'MusterDatabaseConnectionsShort', severity: 'ticket', for: '5m', runbook: 'database-connections-short',
    expr: `${worst(`min_over_time(${poolWaiting.name}[5m])`, 'pool')} > 0`,
    summary: 'Callers have waited for a connection of pool {{ $labels.pool }} in {{ $labels.service }} for ten minutes.',
    seen: {
      fires: { [series(poolWaiting.name, { ...matching, pool: 'main' })]: during(0, 3) },
      silent: { [series(poolWaiting.name, { ...matching, pool: 'main' })]: '0x80 3 0 3 3 0 3x3 0 3x3 0 3x3 0x30' },
      labels: { ...matching, pool: 'main' },
      says: 'Callers have waited for a connection of pool main in matching for ten minutes.',
    },
  },
  {
    name: 'MusterSheddingLoad', severity: 'ticket', for: '10m', runbook: 'shedding-load',
    expr: `${total(`rate(${shedRequests.name}[5m])`)} / ${total(`rate(${httpRequestSeconds.name}_count[5m])`)} > 0.01`,
    summary: '{{ $labels.service }} refuses {{ $value | humanizePercentage }} of its requests to keep the rest fast.',
    seen: {
      fires: {
        [series(shedRequests.name, { ...matching, class: 'read' })]: rising(60),
        [series(`${httpRequestSeconds.name}_count`, { ...matching, route: '/api/v1/x' })]: '0+600x130',
      },
      silent: {
        [series(shedRequests.name, { ...matching, class: 'read' })]: '0+6x130',
        [series(`${httpRequestSeconds.name}_count`, { ...matching, route: '/api/v1/x' })]: '0+600x130',
      },
      labels: matching,
      says: 'matching refuses 10% of its requests to keep the rest fast.',
    },
  },
  {
    name: 'MusterCountersAlone', severity: 'ticket', for: '10m', runbook: 'counters-alone',
    expr: `${total(`increase(${counterStoreFallbacks.name}[5m])`)} > 0`,
    summary: '{{ $labels.service }} counts rate limits by replica: the shared counters do not answer.',
    seen: { fires: { [series(counterStoreFallbacks.name, matching)]: rising(30) }, silent: { [series(counterStoreFallbacks.name, matching)]: '7x130' }, labels: matching, says: 'matching counts rate limits by replica: the shared counters do not answer.' },
  },
  {
    name: 'MusterAnswersDiffer', severity: 'ticket', for: '0m', runbook: 'answers-differ',
    // The first failure of a route is a series that was not there: `increase` would not see it.
    expr: `${failures('')} - (${failures(' offset 1h')} or 0 * ${failures('')}) > 0`,
    summary: 'Answers of {{ $labels.route }} in {{ $labels.service }} did not fit their contract.',
    seen: {
      fires: { [series(answerValidationFailures.name, { ...matching, route: 'matching.readJob' })]: '_x11 1x119' },
      silent: { [series(answerValidationFailures.name, { ...matching, route: 'matching.readJob' })]: '4x130' },
      labels: { ...matching, route: 'matching.readJob' },
      says: 'Answers of matching.readJob in matching did not fit their contract.',
    },
  },
  {
    name: 'MusterEventLoopBlocked', severity: 'ticket', for: '5m', runbook: 'event-loop-blocked',
    expr: `${worst(eventLoopDelaySeconds.name)} > 0.2`,
    summary: 'The event loop of a replica of {{ $labels.service }} runs {{ $value | humanizeDuration }} late.',
    seen: { fires: { [series(eventLoopDelaySeconds.name, matching)]: during(0.01, 0.4) }, silent: { [series(eventLoopDelaySeconds.name, matching)]: '0.2x130' }, labels: matching, says: 'The event loop of a replica of matching runs 400ms late.' },
  },
  {
    name: 'MusterLiveHintsLost', severity: 'ticket', for: '0m', runbook: 'live-hints-lost',
    expr: `${total(`increase(${fanoutLost.name}[15m])`)} > 3`,
    summary: '{{ $labels.service }} lost the live fan-out {{ $value | humanize }} times in a quarter of an hour.',
    seen: { fires: { [series(fanoutLost.name, { service: 'communication' })]: rising(1) }, silent: { [series(fanoutLost.name, { service: 'communication' })]: '0x85 2x45' }, labels: { service: 'communication' }, says: 'communication lost the live fan-out 15 times in a quarter of an hour.' },
  },
];
