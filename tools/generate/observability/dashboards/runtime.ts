import type { DashboardSource } from './panel';
import { largest, ofProcess, quantile, rate } from './queries';

export const runtime: DashboardSource = {
  name: 'muster-runtime', title: 'Muster / Runtime',
  answers: 'Is a process short of something: CPU, memory, connections, or a dependency that answers?',
  rows: [
    { title: 'Node', panels: [
      { title: 'Event loop, late', answers: 'How late timers run in each replica. From 0.2 s on somebody is told.', unit: 's', limit: 0.2, queries: [largest('eventLoopDelaySeconds', { by: ['service', 'pod'] })], runbooks: ['event-loop-blocked'] },
      { title: 'Event loop, busy', answers: 'The share of time in which a replica computes.', unit: 'percentunit', queries: [largest('eventLoopUtilisation', { by: ['service', 'pod'] })], runbooks: ['event-loop-blocked'] },
      { title: 'CPU', answers: 'Cores that a replica uses. Far below one while the event loop is busy, the node has none to give.', unit: 'short', queries: [ofProcess('process_cpu_seconds_total', 'rate')], runbooks: ['event-loop-blocked'] },
      { title: 'Garbage collection', answers: 'The share of time that goes into collecting garbage. Above 0.2 memory is short.', unit: 'percentunit', limit: 0.2, queries: [ofProcess('nodejs_gc_duration_seconds_sum', 'rate')], runbooks: ['event-loop-blocked'] },
      { title: 'Memory', answers: 'Memory of each process. A line that only rises for days is a leak.', unit: 'bytes', queries: [ofProcess('process_resident_memory_bytes')], runbooks: ['service-gone'] },
      { title: 'Heap', answers: 'What the heap holds; garbage collection takes over near its limit.', unit: 'bytes', queries: [ofProcess('nodejs_heap_size_used_bytes')], runbooks: ['event-loop-blocked'] },
      { title: 'Queues inside', answers: 'The age of the oldest entry of each queue inside the process: callers of the database, password hashes.', unit: 's', limit: 0.2, queries: [largest('queueAgeSeconds', { by: ['service', 'queue'] })], runbooks: ['latency-burn', 'shedding-load'] },
      { title: 'Builds', answers: 'Which version and commit each replica runs; two at once while a release rolls out.', unit: 'short', queries: [{ expr: 'count by (service, version, commit) (muster_build_info{namespace=~"$namespace"})', legend: '{{service}} {{version}} {{commit}}' }] },
    ] },
    { title: 'Database', panels: [
      { title: 'Connections', answers: 'Connections of each pool, busy and idle.', unit: 'short', queries: [largest('poolConnections', { by: ['service', 'pod', 'pool', 'state'] })], runbooks: ['database-connections-short'] },
      { title: 'Waiting for a connection', answers: 'Callers that wait. More than none for ten minutes: somebody is told.', unit: 'short', limit: 1, queries: [largest('poolWaiting', { by: ['service', 'pod', 'pool'] })], runbooks: ['database-connections-short'] },
      { title: 'Transactions run again', answers: 'Transactions repeated after a serialization failure or a deadlock. More than a few an hour is a fault of ours.', unit: 'ops', queries: [rate('transactionRetries', { by: ['service'] })], runbooks: ['database-connections-short'] },
    ] },
    { title: 'Dependencies', panels: [
      { title: 'Breakers', answers: '0 closed, 1 open (no calls are let out), 2 trying.', unit: 'short', limit: 1, queries: [largest('breakerState', { by: ['service', 'dependency'] })], runbooks: ['dependency-cut-off'] },
      { title: 'Calls, by outcome', answers: 'Outbound attempts by dependency and outcome.', unit: 'reqps', queries: [rate('outboundSeconds', { by: ['service', 'dependency', 'outcome'] })], runbooks: ['dependency-cut-off'] },
      { title: 'Time of calls', answers: 'The slowest hundredth of the attempts.', unit: 's', queries: [quantile(0.99, 'outboundSeconds', { by: ['service', 'dependency'] })], runbooks: ['dependency-cut-off'] },
      { title: 'Under way', answers: 'Calls to each dependency in flight, by replica.', unit: 'short', queries: [largest('bulkheadInUse', { by: ['service', 'pod', 'dependency'] })], runbooks: ['dependency-cut-off'] },
      { title: 'Tried again', answers: 'Attempts beyond the first, and those that the budget refused.', unit: 'ops', queries: [rate('outboundRetries', { by: ['service', 'dependency'] }), rate('retriesDenied', { by: ['service', 'dependency'] })], runbooks: ['dependency-cut-off'] },
      { title: 'Budget of retries', answers: 'Retries that a dependency may still be sent. At 0 nothing is tried again.', unit: 'short', queries: [largest('retryBudget', { by: ['service', 'dependency'] })], runbooks: ['dependency-cut-off'] },
      { title: 'Rate limits counted alone', answers: 'Decisions made by a replica alone because the shared counters did not answer.', unit: 'ops', queries: [rate('counterStoreFallbacks', { by: ['service'] })], runbooks: ['counters-alone'] },
      { title: 'Ended sessions, last heard', answers: 'Time since a service last heard which sessions ended. From 3 s on it refuses changes.', unit: 's', limit: 3, queries: [largest('revocationFeedAgeSeconds', { by: ['service'] })], runbooks: ['revocations-unknown'] },
    ] },
  ],
};
