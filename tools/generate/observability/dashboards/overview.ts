import type { DashboardSource, PanelSource } from './panel';
import { largest, quantile, rate, recorded, total, type Query } from './queries';

const people = '/api/.*';
const objectives = ['availability', 'latency', 'delivery'] as const;
const promised = { availability: 'requests that end in a 5xx', latency: 'answers that are slower than promised', delivery: 'time in which its events wait for longer than promised' } as const;
const firing: Query = { expr: 'sum by (alertname, severity) (ALERTS{alertstate="firing", alertname=~"Muster.*", namespace=~"$namespace"}) or vector(0)', legend: '{{severity}} {{alertname}}' };
const available: Query = { expr: 'min by (deployment) (kube_deployment_status_replicas_available{namespace=~"$namespace", deployment=~"muster-.*"})', legend: '{{deployment}}' };

const budget = (objective: (typeof objectives)[number]): PanelSource => ({
  title: `Error budget left: ${objective}`,
  answers: `How much of thirty days' allowance of ${promised[objective]} is left, for each service: 100 % is all of it, below 0 the promise is broken.`,
  unit: 'percentunit', stat: true, limit: 0.5, below: true, queries: [recorded('slo:period_error_budget_remaining:ratio', objective)], runbooks: [`${objective}-burn`],
});
const burn = (objective: (typeof objectives)[number]): PanelSource => ({
  title: `Burn rate: ${objective}`,
  answers: `How many times as fast as allowed the budget of ${promised[objective]} is spent right now. At 1 it lasts for thirty days, at 14.4 somebody is woken.`,
  unit: 'short', limit: 14.4, queries: [recorded('slo:current_burn_rate:ratio', objective)], runbooks: [`${objective}-burn`],
});

export const overview: DashboardSource = {
  name: 'muster-overview', title: 'Muster / Overview',
  answers: 'The first look by night: is a promise to people being broken, by which service, and since when?',
  rows: [
    { title: 'What fires', panels: [
      { title: 'Firing alerts', answers: 'Which alerts fire? Each is explained by its runbook; 0 is quiet.', unit: 'short', limit: 1, queries: [firing] },
      { title: 'Replicas heard', answers: 'How many replicas of each service Prometheus hears. A service that is missing is gone, or cannot be asked.', unit: 'short', queries: [{ expr: 'count by (service) (muster_http_requests_in_flight{namespace=~"$namespace"})', legend: '{{service}}' }], runbooks: ['service-gone'] },
      { title: 'Pods ready', answers: 'How many pods of each part take requests, as Kubernetes says. At 0 whoever asks gets a 503 from the ingress.', unit: 'short', limit: 1, below: true, queries: [available], runbooks: ['nothing-ready'] },
    ] },
    { title: 'Promises over thirty days', panels: [...objectives.map(budget), ...objectives.map(burn)] },
    { title: 'People’s requests', panels: [
      { title: 'Requests', answers: 'How many requests of people each service answers. All falling together points at the way in, one alone at that service.', unit: 'reqps', queries: [rate('httpRequestSeconds', { by: ['service'], where: { route: people } })] },
      { title: 'Failing requests', answers: 'How many requests of people end in a 5xx.', unit: 'reqps', queries: [rate('httpRequestSeconds', { by: ['service'], where: { route: people, status_class: '5xx' } })], runbooks: ['availability-burn'] },
      { title: 'Slowest hundredth', answers: 'The time within which 99 % of the answers are given. 0.3 s are promised, 0.5 s of auth.', unit: 's', limit: 0.3, exemplars: true, queries: [quantile(0.99, 'httpRequestSeconds', { by: ['service'], where: { route: people, status_class: '[1-4]xx' } })], runbooks: ['latency-burn'] },
      { title: 'Refused to keep the rest fast', answers: 'Load shedding by class of request: C is search, B is reading, A is signing in and changing.', unit: 'reqps', queries: [rate('shedRequests', { by: ['service', 'class'] })], runbooks: ['shedding-load'] },
      { title: 'Changes refused', answers: '1 while a service cannot learn which sessions ended: it refuses every change.', unit: 'short', limit: 1, queries: [largest('revocationCutOff', { by: ['service'] })], runbooks: ['revocations-unknown'] },
      { title: 'Open live connections', answers: 'How many apps are connected for live updates. A cliff is a restart of communication or a lost way in.', unit: 'short', queries: [total('socketsOpen', { by: ['service'] })], runbooks: ['live-hints-lost'] },
    ] },
  ],
};
