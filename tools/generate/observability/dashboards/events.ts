import type { DashboardSource } from './panel';
import { largest, orZero, quantile, rate } from './queries';

export const events: DashboardSource = {
  name: 'muster-events', title: 'Muster / Events',
  answers: 'Does what happened in one service reach the others: events, timers, tasks, live hints?',
  rows: [
    { title: 'Events on their way', panels: [
      { title: 'Lag', answers: 'How long a consumer has been without something of a producer. Near 0 is healthy; growing by a second each second is a consumer that stands still.', unit: 's', limit: 60, queries: [largest('eventLagSeconds', { by: ['service', 'consumer', 'producer'] })], runbooks: ['events-lag', 'delivery-burn'] },
      { title: 'Not published', answers: 'Committed events that the broker has not yet. Readers fetch them from the service meanwhile.', unit: 'short', limit: 1, queries: [largest('outboxUnpublished', { by: ['service'] })], runbooks: ['outbox-stuck'] },
      { title: 'Relay passes that failed', answers: 'How often publishing failed. Above 0 for minutes the broker or the database is away.', unit: 'ops', queries: [rate('relayFailures', { by: ['service'] })], runbooks: ['outbox-stuck'] },
      { title: 'Events of a pass', answers: 'How many events a relay pass publishes; the more, the later the first of them was.', unit: 'short', queries: [quantile(0.9, 'relayBatchSize', { by: ['service'] })], runbooks: ['outbox-stuck'] },
      { title: 'Reads of a producer', answers: 'Why readers ask a producer itself: at the start, for a hole, for a late head, after silence, for a new epoch. Silence that lasts is a broker that is away.', unit: 'ops', queries: [rate('gapReads', { by: ['service', 'producer', 'reason'] })], runbooks: ['outbox-stuck', 'events-lag'] },
    ] },
    { title: 'Consumers', panels: [
      { title: 'Waiting', answers: 'Received events that wait for their consumer.', unit: 'short', queries: [largest('inboxPending', { by: ['service', 'consumer'] })], runbooks: ['events-lag'] },
      { title: 'Parked', answers: 'Aggregates whose event failed for good. They wait for a replay and do not go by themselves.', unit: 'short', limit: 1, queries: [largest('inboxParked', { by: ['service', 'consumer'] })], runbooks: ['events-parked'] },
      { title: 'Finished, by outcome', answers: 'How many events end as done, failed (tried again), parked or overtaken.', unit: 'ops', queries: [rate('eventsProcessed', { by: ['service', 'consumer', 'outcome'] })], runbooks: ['events-lag', 'events-parked'] },
      { title: 'Time of an event', answers: 'What the slowest hundredth of the events take their consumer.', unit: 's', queries: [quantile(0.99, 'eventSeconds', { by: ['service', 'consumer'] })], runbooks: ['events-lag'] },
      { title: 'Rows of a rebuild', answers: 'Rows applied while a projection is filled anew. Lag and pending events are expected meanwhile.', unit: 'ops', queries: [rate('rebuildRows', { by: ['service', 'projection'] })], runbooks: ['search-index-behind'] },
    ] },
    { title: 'Timers and tasks', panels: [
      { title: 'Timers that are due', answers: 'How long the oldest due timer has waited. Invites are closed and jobs begin by timers.', unit: 's', limit: 60, queries: [largest('timersDueLagSeconds', { by: ['service'] })], runbooks: ['timers-late'] },
      { title: 'Timers, by outcome', answers: 'How many timers run, by kind. One that failed is put off.', unit: 'ops', queries: [rate('timersFired', { by: ['service', 'kind', 'outcome'] })], runbooks: ['timers-fail', 'timers-late'] },
      { title: 'Tasks that are due', answers: 'How long the oldest due task has waited. Mail is a task.', unit: 's', limit: 60, queries: [largest('tasksDueLagSeconds', { by: ['service', 'kind'] })], runbooks: ['tasks-late'] },
      { title: 'Tasks, by outcome', answers: 'Attempts of tasks by kind: done, failed (tried again), given up, overtaken.', unit: 'ops', queries: [rate('tasksWorked', { by: ['service', 'kind', 'outcome'] })], runbooks: ['tasks-fail', 'tasks-late'] },
      { title: 'Tasks not done', answers: 'Tasks that wait for their time or their turn.', unit: 'short', queries: [largest('tasksWaiting', { by: ['service', 'kind'] })], runbooks: ['tasks-late'] },
      { title: 'Tasks given up', answers: 'Tasks that failed for good and wait for a replay.', unit: 'short', limit: 1, queries: [largest('tasksGivenUp', { by: ['service', 'kind'] })], runbooks: ['tasks-given-up'] },
      { title: 'Time of an attempt', answers: 'What the slowest hundredth of the attempts take: a mail relay that hangs shows here.', unit: 's', queries: [orZero(quantile(0.99, 'taskSeconds', { by: ['service', 'kind'] }))], runbooks: ['tasks-late', 'tasks-fail'] },
    ] },
    { title: 'Live', panels: [
      { title: 'Live fan-out lost', answers: 'How often the live fan-out was lost or had a hole; all open apps of a replica fetch anew then.', unit: 'ops', queries: [rate('fanoutLost', { by: ['service'] })], runbooks: ['live-hints-lost'] },
      { title: 'Live hints', answers: 'Hints to people that something changed.', unit: 'ops', queries: [rate('liveHints', { by: ['service'] })], runbooks: ['live-hints-lost'] },
    ] },
  ],
};
