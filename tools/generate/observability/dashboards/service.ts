import type { ServiceName } from '@muster/contracts/kernel/ids';
import { objectives } from '../objectives';
import type { DashboardSource, PanelSource } from './panel';
import { highest, largest, quantile, rate, type Query } from './queries';

const people = '/api/.*';
const ofMatching: readonly PanelSource[] = [
  { title: 'Search index', answers: 'How far each replica is behind the table of workers. From 5 s on a replica takes no requests.', unit: 's', limit: 30, queries: [largest('searchIndexLagSeconds', { by: ['pod'] })], runbooks: ['search-index-behind'] },
  { title: 'Workers in the index', answers: 'How many workers each replica can find. Replicas that differ for long have missed changes.', unit: 'short', queries: [largest('searchIndexWorkers', { by: ['pod'] })], runbooks: ['search-index-behind'] },
  { title: 'Time of a query', answers: 'What the index itself takes for one query. Above 50 ms it is the index that makes search slow, not the database.', unit: 's', limit: 0.05, queries: [quantile(0.99, 'searchQuerySeconds', { by: ['kind'] })], runbooks: ['latency-burn'] },
];
const ofCommunication: readonly PanelSource[] = [
  { title: 'Live hints', answers: 'How many hints that something changed go to sockets.', unit: 'ops', queries: [rate('liveHints', { by: ['service'], where: { service: 'communication' } })], runbooks: ['live-hints-lost'] },
  { title: 'Open sockets', answers: 'How many sockets each replica holds. They spread anew only when replicas end.', unit: 'short', queries: [largest('socketsOpen', { by: ['pod'], where: { service: 'communication' } })], runbooks: ['live-hints-lost'] },
];
const own: Partial<Record<ServiceName, readonly PanelSource[]>> = { matching: ofMatching, communication: ofCommunication };

/** auth asks no other service. */
const callTimes = (service: ServiceName): PanelSource => ({
  title: 'Time of calls', answers: 'The slowest hundredth of what it asks of each dependency.', unit: 's',
  queries: [quantile(0.99, 'outboundSeconds', { by: ['dependency'], where: { service } })], runbooks: ['dependency-cut-off'],
});

/** Where a request of one service goes wrong, route by route, and what it waits for. */
export function serviceDashboard(service: ServiceName): DashboardSource {
  const where = { service };
  const asked = { service, route: people };
  const answered = { ...asked, status_class: '[1-4]xx' };
  const { seconds = 0.3 } = objectives.find((one) => one.service === service && one.name === 'latency') ?? {};
  const utilisation: Query = largest('eventLoopUtilisation', { by: ['pod'], where });
  return {
    name: `muster-${service}`, title: `Muster / ${service[0]?.toUpperCase()}${service.slice(1)}`,
    answers: `Which routes of ${service} fail or are slow, on which replica, and what do they wait for?`,
    rows: [
      { title: 'Requests', panels: [
        { title: 'By class of status', answers: 'How many requests of people end in each class of status.', unit: 'reqps', queries: [rate('httpRequestSeconds', { by: ['status_class'], where: asked })], runbooks: ['availability-burn'] },
        { title: 'Failing by route', answers: 'Which routes end in a 5xx? One alone is a mistake in it, all together is what they share.', unit: 'reqps', queries: [highest(10, rate('httpRequestSeconds', { by: ['service', 'route'], where: { ...asked, status_class: '5xx' } }))], runbooks: ['availability-burn'] },
        { title: 'Failing by pod', answers: 'Do all replicas fail, or one alone that can be deleted?', unit: 'reqps', queries: [rate('httpRequestSeconds', { by: ['service', 'pod'], where: { ...asked, status_class: '5xx' } })], runbooks: ['availability-burn'] },
        { title: 'Time to answer', answers: `The time within which half and 99 % of the answers are given; ${seconds} s are promised.`, unit: 's', limit: seconds, exemplars: true, queries: [quantile(0.5, 'httpRequestSeconds', { by: [], where: answered }), quantile(0.99, 'httpRequestSeconds', { by: [], where: answered })], runbooks: ['latency-burn'] },
        { title: 'Slowest routes', answers: 'The routes with the slowest hundredth.', unit: 's', limit: seconds, queries: [highest(10, quantile(0.99, 'httpRequestSeconds', { by: ['method', 'route'], where: answered }))], runbooks: ['latency-burn'] },
        { title: 'Under way', answers: 'Requests received and not yet answered, by replica.', unit: 'short', queries: [largest('httpRequestsInFlight', { by: ['pod'], where })], runbooks: ['shedding-load'] },
      ] },
      { title: 'Refused', panels: [
        { title: 'Refused to keep the rest fast', answers: 'Load shedding by class: C is search, B is reading, A is signing in and changing.', unit: 'reqps', queries: [rate('shedRequests', { by: ['service', 'class'], where })], runbooks: ['shedding-load'] },
        { title: 'Refused by a rate or a limit', answers: 'How many requests are answered 429, by rate limit and by limit for abuse. One far above its usual is one sender.', unit: 'reqps', queries: [rate('throttledRequests', { by: ['service', 'rate', 'by'], where }), rate('limitsReached', { by: ['service', 'limit'], where })], runbooks: ['shedding-load'] },
        { title: 'Ended late', answers: 'Requests that took longer than a request may (20 s) and were answered 503.', unit: 'reqps', queries: [rate('lateRequests', { by: ['service', 'route'], where })], runbooks: ['latency-burn'] },
        { title: 'Answers that break their contract', answers: 'One answer in a hundred is held against its contract; these did not fit.', unit: 'ops', queries: [rate('answerValidationFailures', { by: ['service', 'route'], where })], runbooks: ['answers-differ'] },
        { title: 'Access tokens', answers: 'Tokens seen: cached, verified or refused. A rise of refused ones is a client with old tokens, or keys that are not known.', unit: 'ops', queries: [rate('verifiedTokens', { by: ['service', 'outcome'], where })] },
      ] },
      { title: 'What it waits for', panels: [
        { title: 'Event loop', answers: 'How late timers run, by replica. From 0.05 s on everything is slow, from 0.2 s on somebody is told.', unit: 's', limit: 0.2, queries: [largest('eventLoopDelaySeconds', { by: ['pod'], where })], runbooks: ['event-loop-blocked'] },
        { title: 'Event loop, busy', answers: 'The share of time in which a replica computes. Near 1 it needs more replicas or less work.', unit: 'percentunit', queries: [utilisation], runbooks: ['event-loop-blocked'] },
        { title: 'Waiting for the database', answers: 'Callers that wait for a connection, by replica.', unit: 'short', limit: 1, queries: [largest('poolWaiting', { by: ['pod', 'pool'], where })], runbooks: ['database-connections-short'] },
        ...(service === 'auth' ? [] : [callTimes(service)]),
      ] },
      ...(own[service] ? [{ title: `Of ${service} alone`, panels: own[service] }] : []),
    ],
  };
}
