import type { ServiceName } from '@muster/contracts/kernel/ids';

/**
 * Every metric that a Muster service exports. Alerts, dashboards and the tables of the documents are generated from
 * this object; `/metrics` equals it both ways. Each metric also carries the label `service`.
 */
export type MetricType = 'counter' | 'gauge' | 'histogram';

export interface MetricDefinition {
  readonly name: string;
  readonly type: MetricType;
  readonly help: string;
  /** Besides `service`. What each may hold is in label-bounds.ts. */
  readonly labels: readonly string[];
  /** The services that export it; all where it is left out. */
  readonly services?: readonly ServiceName[];
  /** Upper bounds of a histogram, in the unit of its name. A threshold of an SLO equals one of them. */
  readonly buckets?: readonly number[];
  /** Whether its buckets name the trace of a request that fell into them. */
  readonly exemplars?: true;
  /** Most series that one service may have of it, buckets not counted; `npm run check:metrics` holds a run against it. */
  readonly cardinality: number;
}

const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 20] as const;
const queueSeconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] as const;
/** A minute to four weeks. */
const fillSeconds = [60, 300, 900, 3600, 14_400, 43_200, 86_400, 259_200, 604_800, 2_419_200] as const;
const querySeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1] as const;

function counter<const Labels extends readonly string[]>(name: string, help: string, labels: Labels, cardinality: number) {
  return { name, type: 'counter', help, labels, cardinality } as const;
}

function gauge<const Labels extends readonly string[]>(name: string, help: string, labels: Labels, cardinality: number) {
  return { name, type: 'gauge', help, labels, cardinality } as const;
}

function histogram<const Labels extends readonly string[]>(
  name: string,
  help: string,
  labels: Labels,
  cardinality: number,
  buckets: readonly number[],
) {
  return { name, type: 'histogram', help, labels, cardinality, buckets } as const;
}

function ofService<const Definition extends MetricDefinition>(service: ServiceName, definition: Definition) {
  return { ...definition, services: [service] };
}

export const metrics = {
  buildInfo: gauge('muster_build_info', 'Always 1; its labels say which build runs', ['version', 'commit'], 1),
  httpRequestSeconds: {
    ...histogram(
      'http_request_duration_seconds',
      'Time from receiving a request to its last byte, by route template and class of status',
      ['method', 'route', 'status_class'],
      400,
      requestSeconds,
    ),
    exemplars: true,
  },
  httpRequestsInFlight: gauge('muster_http_requests_in_flight', 'Requests received and not yet answered', [], 1),
  shedRequests: counter('muster_shed_requests_total', 'Requests refused to keep the rest fast', ['class'], 3),
  lateRequests: counter('muster_late_requests_total', 'Requests refused because they took longer than a request may', ['route'], 200),
  throttledRequests: counter('muster_throttled_requests_total', 'Requests refused by a rate limit', ['rate', 'by'], 10),
  limitsReached: counter('muster_limits_reached_total', 'Requests refused by a limit for abuse', ['limit'], 12),
  counterStoreFallbacks: counter(
    'muster_counter_store_fallbacks_total',
    'Rate-limit decisions made by the replica alone because the shared counters did not answer',
    [],
    1,
  ),
  answerValidationFailures: counter(
    'muster_answer_validation_failures_total',
    'Sampled answers that did not fit their contract',
    ['route'],
    200,
  ),
  eventLoopDelaySeconds: gauge('muster_event_loop_delay_seconds', 'How late the event loop runs a timer, smoothed', [], 1),
  eventLoopUtilisation: gauge('muster_event_loop_utilisation_ratio', 'Share of time the event loop is busy, smoothed', [], 1),
  queueAgeSeconds: gauge('muster_queue_age_seconds', 'Age of the oldest waiting entry of a queue inside the process', ['queue'], 10),

  eventLagSeconds: gauge(
    'muster_event_lag_seconds',
    'How long a consumer has been without something of a producer: since its oldest unfinished event came, or since all was last known to be here',
    ['producer', 'consumer'],
    100,
  ),
  eventsProcessed: counter('muster_events_processed_total', 'Events finished, by consumer and outcome', ['consumer', 'outcome'], 200),
  eventSeconds: histogram('muster_event_processing_seconds', 'Time a consumer takes for one event', ['consumer'], 50, queueSeconds),
  outboxUnpublished: gauge('muster_outbox_unpublished_events', 'Committed events that the relay has not published', [], 1),
  relayBatchSize: histogram('muster_relay_batch_events', 'Events that one relay pass published', [], 1, [1, 2, 5, 10, 25, 50, 100, 250, 500]),
  relayFailures: counter('muster_relay_failures_total', 'Relay passes that failed and will be repeated', [], 1),
  gapReads: counter('muster_event_gap_reads_total', 'Reads of a producer because of a hole, a late head or silence', ['producer', 'reason'], 30),
  inboxPending: gauge('muster_inbox_pending_events', 'Received events that wait for their consumer', ['consumer'], 50),
  inboxParked: gauge('muster_inbox_parked_aggregates', 'Aggregates whose event failed for good and waits for a replay', ['consumer'], 50),
  rebuildRows: counter('muster_rebuild_rows_total', 'Snapshot rows applied while rebuilding a projection', ['projection'], 20),
  fanoutLost: counter('muster_fanout_lost_total', 'Times the live fan-out was lost or had a hole', [], 1),
  liveHints: counter('muster_live_hints_total', 'Live hints sent to persons', [], 1),
  socketsOpen: ofService('communication', gauge('muster_sockets_open', 'Open websockets', [], 1)),
  timersDueLagSeconds: gauge('muster_timers_due_lag_seconds', 'How long the oldest due timer has been waiting', [], 1),
  timersFired: counter('muster_timers_fired_total', 'Timers run, by kind and outcome', ['kind', 'outcome'], 60),
  tasksDueLagSeconds: gauge('muster_tasks_due_lag_seconds', 'How long the oldest due task of a kind has been waiting', ['kind'], 10),
  tasksWaiting: gauge('muster_tasks_waiting', 'Tasks that are neither done nor given up', ['kind'], 10),
  tasksGivenUp: gauge('muster_tasks_given_up', 'Tasks that failed for good and wait for a replay', ['kind'], 10),
  tasksWorked: counter('muster_tasks_worked_total', 'Attempts of tasks, by kind and outcome', ['kind', 'outcome'], 40),
  taskSeconds: histogram('muster_task_seconds', 'Time of one attempt of a task, settling included', ['kind'], 10, queueSeconds),

  poolConnections: gauge('muster_db_pool_connections', 'Connections of a database pool', ['pool', 'state'], 12),
  poolWaiting: gauge('muster_db_pool_waiting', 'Callers that wait for a database connection', ['pool'], 4),
  transactionRetries: counter('muster_db_transaction_retries_total', 'Transactions run again after a serialization failure or deadlock', [], 1),

  outboundSeconds: histogram(
    'muster_outbound_request_seconds',
    'Time of one outbound attempt, by dependency and outcome',
    ['dependency', 'outcome'],
    80,
    requestSeconds,
  ),
  outboundRetries: counter('muster_outbound_retries_total', 'Outbound attempts beyond the first', ['dependency'], 12),
  retryBudget: gauge('muster_outbound_retry_budget', 'Retries that a dependency may still be sent', ['dependency'], 12),
  retriesDenied: counter('muster_outbound_retries_denied_total', 'Retries not made because the budget was spent', ['dependency'], 12),
  breakerState: gauge('muster_breaker_state', 'Circuit breaker: 0 closed, 1 open, 2 half-open', ['dependency'], 12),
  bulkheadInUse: gauge('muster_bulkhead_in_use', 'Calls to a dependency in flight', ['dependency'], 12),

  verifiedTokens: counter('muster_access_tokens_total', 'Access tokens seen, by outcome: cached, verified, refused', ['outcome'], 3),
  revocationFeedAgeSeconds: gauge('muster_revocation_feed_age_seconds', 'Time since the revocation feed was last heard', [], 1),
  revocationCutOff: gauge('muster_revocation_cut_off', '1 while revocations cannot be learnt and writes are refused', [], 1),

  searchIndexWorkers: ofService('matching', gauge('muster_search_index_workers', 'Workers in the search index', [], 1)),
  searchIndexLagSeconds: ofService('matching', gauge('muster_search_index_lag_seconds', 'How far the search index is behind its table', [], 1)),
  searchQuerySeconds: ofService('matching', histogram('muster_search_query_seconds', 'Time of one query of the search index', ['kind'], 4, querySeconds)),

  facts: counter('muster_facts_total', 'Facts of the domain that were committed, by the type of their event', ['type'], 20),
  rolesTaken: ofService('auth', counter('muster_roles_taken_total', 'Roles that accounts took on, each once for each time that it was put on', ['role'], 2)),
  jobSteps: ofService('matching', counter('muster_job_steps_total', 'Jobs that came into a state', ['state'], 9)),
  places: ofService('matching', counter('muster_places_total', 'Places of opened jobs: opened with their job, and filled', ['change'], 2)),
  timeToFillSeconds: ofService('matching', histogram('muster_time_to_fill_seconds', 'Time from the opening of a job to the filling of one of its places', [], 1, fillSeconds)),
  searches: ofService('matching', counter('muster_searches_total', 'Searches for workers, by whether anybody was found', ['outcome'], 2)),
} as const satisfies Record<string, MetricDefinition>;

export type MetricKey = keyof typeof metrics;
/** Every label of the catalogue but `service`. */
export type LabelName = (typeof metrics)[MetricKey]['labels'][number];
export type KeyOf<Type extends MetricType> = {
  [Key in MetricKey]: (typeof metrics)[Key]['type'] extends Type ? Key : never;
}[MetricKey];
/** The labels that a caller gives; `service` is added for it. */
export type LabelsOf<Key extends MetricKey> = Record<(typeof metrics)[Key]['labels'][number], string>;

/** The runtime's own metrics, of the process and not of a service, all registered by prom-client. */
export const runtimeMetricPrefixes = ['process_', 'nodejs_'] as const;
