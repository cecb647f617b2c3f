import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { taskKindOf } from '@muster/platform/tasks/on-task';
import type { TaskKind } from '@muster/platform/tasks/task-kind';
import { markedExports } from '../marked-exports';
import { page, table } from './pages';

/** Every kind of task with its figures. A kind that cannot be worked as it says throws where it is defined. */
export function tasksPage(): string {
  const rows = serviceNames.flatMap((service) =>
    kindsOf(service).map((kind) => [
      `\`${kind.kind}\``, String(kind.concurrency), String(kind.attempts), `${kind.timeoutMs / 1000} s`, handlersOf(service, kind).map((name) => `\`${name}\``).join(' '),
    ]),
  );
  return page(
    'Tasks',
    'What a service does outside of its database. A task is enqueued in the transaction of its cause, claimed by a lease, worked outside of any transaction and settled in another ([ADR 22](../adr/0022-effects-outside-are-tasks.md)). How long its row is kept: [DATA](DATA.md).',
    table(['kind', 'at once in a replica', 'attempts', 'longest attempt', 'handler'], rows),
  );
}

/** A sentence for each kind that is another service's or has not exactly one handler. */
export function taskFaults(): string[] {
  return serviceNames.flatMap((service) =>
    kindsOf(service).flatMap((kind) => [
      ...(kind.kind.startsWith(`${service}.`) ? [] : [`task kind ${kind.kind} is defined in ${service}: its name has to begin with ${service}.`]),
      ...(handlersOf(service, kind).length === 1 ? [] : [`task kind ${kind.kind} has ${handlersOf(service, kind).length} classes with @OnTask in ${service}, it needs one`]),
    ]),
  );
}

function kindsOf(service: ServiceName): TaskKind[] {
  return [...new Set(markedExports(service, /\bdefineTaskKind\(/).filter(isTaskKind))];
}

function handlersOf(service: ServiceName, kind: TaskKind): string[] {
  const classes = markedExports(service, /^@OnTask\(/m).filter((value) => typeof value === 'function');
  return classes.filter((type) => taskKindOf(type) === kind).map(({ name }) => name);
}

function isTaskKind(value: unknown): value is TaskKind {
  return typeof value === 'object' && value !== null && 'timeoutMs' in value && 'concurrency' in value;
}
