// The pages of what is declared beside the code: limits for abuse, kinds of tasks, objectives and alerts.
import { readFileSync } from 'node:fs';
import { commonRoutes, routes } from '@muster/contracts/catalogue';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { limits, NEW_ACCOUNT_DAYS, type Counted, type Limit } from '@muster/contracts/kernel/limits';
import { taskKindOf } from '@muster/platform/tasks/on-task';
import type { TaskKind } from '@muster/platform/tasks/task-kind';
import { parse } from 'yaml';
import { markdownTable } from '../../check/report';
import { markedExports } from '../marked-exports';
import { alertNames, burns, LEAST_RATE, objectives, type Group } from '../observability/objectives';
import { page } from './pages';

const counted: Readonly<Record<Counted, string>> = {
  requests: 'requests, in the counters of rate limits',
  profiles: 'different people, in the counters of rate limits',
  effects: 'what is written, with it in its transaction; a repeat once',
  standing: 'what the account has at the moment, in the transaction that adds to it',
};
const windows: Readonly<Record<number, string>> = { 0: 'at once', 60: 'a minute', 600: 'ten minutes', 3600: 'an hour', 86400: 'a day' };

/** Every limit for abuse with its figures and the routes that it is held at. */
export function limitsPage(): string {
  const all = [...Object.values(routes).flat(), ...commonRoutes];
  const figure = (most: number | null): string => (most === null ? 'no limit' : String(most));
  const rows = Object.values<Limit>(limits).map((limit) => [
    `\`${limit.name}\``, limit.summary, figure(limit.most), figure(limit.mostWhenNew), windows[limit.seconds] ?? `${limit.seconds} s`, limit.by,
    limit.by === 'address' ? 'by auth, for each network that asks, under a lock' : counted[limit.counts],
    all.filter((route) => route.limits.includes(limit)).map(({ id }) => `\`${id}\``).join(' '),
  ]);
  return page(
    'Limits for abuse',
    `An account is new for ${NEW_ACCOUNT_DAYS} days after its address was confirmed. What would pass a limit is answered with 429 \`platform.limit_reached\`: the limit's name, how many it allows, and when it lifts. \`LIMITS\` changes the figures of accounts.`,
    markdownTable(['limit', 'of what', 'most', 'new accounts', 'in', 'by', 'counted', 'routes'], rows),
  );
}

const isTaskKind = (value: unknown): value is TaskKind => typeof value === 'object' && value !== null && 'timeoutMs' in value && 'concurrency' in value;
const kindsOf = (service: ServiceName): TaskKind[] => [...new Set(markedExports(service, /\bdefineTaskKind\(/).filter(isTaskKind))];
const handlersOf = (service: ServiceName, kind: TaskKind): string[] =>
  markedExports(service, /^@OnTask\(/m).filter((value) => typeof value === 'function').filter((type) => taskKindOf(type) === kind).map(({ name }) => name);

/** Every kind of task with its figures. A kind that cannot be worked as it says throws where it is defined. */
export function tasksPage(): string {
  const rows = serviceNames.flatMap((service) => kindsOf(service).map((kind) => [
    `\`${kind.kind}\``, String(kind.concurrency), String(kind.attempts), `${kind.timeoutMs / 1000} s`, handlersOf(service, kind).map((name) => `\`${name}\``).join(' '),
  ]));
  return page(
    'Tasks',
    'What a service does outside of its database. A task is enqueued in the transaction of its cause, claimed by a lease, worked outside of any transaction and settled in another ([ADR 22](../adr/0022-effects-outside-are-tasks.md)). How long its row is kept: [DATA](DATA.md).',
    markdownTable(['kind', 'at once in a replica', 'attempts', 'longest attempt', 'handler'], rows),
  );
}

/** A sentence for each kind that is another service's or has not exactly one handler. */
export function taskFaults(): string[] {
  return serviceNames.flatMap((service) => kindsOf(service).flatMap((kind) => {
    const handlers = handlersOf(service, kind).length;
    return [
      ...(kind.kind.startsWith(`${service}.`) ? [] : [`task kind ${kind.kind} is defined in ${service}: its name has to begin with ${service}.`]),
      ...(handlers === 1 ? [] : [`task kind ${kind.kind} has ${handlers} classes with @OnTask in ${service}, it needs one`]),
    ];
  }));
}

/** What is promised of each service, when its error budget burns too fast, and every other alert. */
export function alertsPage(): string {
  const link = (runbook = ''): string => `[${runbook}](../runbooks/${runbook}.md)`;
  const { groups } = parse(readFileSync('charts/muster/files/rules/causes.yaml', 'utf8')) as { groups: Group[] };
  const causes = new Map(groups.flatMap(({ rules }) => rules).map((rule) => [rule.alert, rule])).values();
  return page(
    'Objectives and alerts',
    'A page wakes somebody, a ticket waits for the next working day. [How to use the runbooks](../runbooks/README.md).',
    '## Promised over thirty days, of people’s requests',
    markdownTable(['service', 'objective', 'promise', 'alert', 'runbook'], objectives.map(({ service, name, promise }) => [service, name, promise, `\`${alertNames[name]}\``, link(`${name}-burn`)])),
    `An alert of an objective fires when its error budget burns at one of these rates, seen over both windows. Below ${LEAST_RATE} requests a second a ratio is taken as if there were so many.`,
    markdownTable(['rate', 'short window', 'long window', 'severity'], burns.map(({ severity, factor, short, long }) => [`${factor} ×`, short, long, severity])),
    '## Causes',
    markdownTable(['alert', 'severity', 'for', 'expression', 'says', 'runbook'], [...causes].map(({ alert, expr, for: lasting, labels = {}, annotations = {} }) => [
      `\`${alert}\``, labels['severity'] ?? '', lasting ?? '', `\`${alert === 'MusterServiceGone' ? expr.replace(/service="\w+"/, 'service="…"') : expr}\``,
      (annotations['summary'] ?? '').replaceAll(/\{\{ (.*?) \}\}/g, '‹$1›'), link(/([\w-]+)\.md$/.exec(annotations['runbook_url'] ?? '')?.[1]),
    ])),
  );
}
