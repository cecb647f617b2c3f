import { jest } from '@jest/globals';
import { readSnapshot } from '@muster/contracts/kernel/internal';
import type { Route } from '@muster/contracts/kernel/route';
import { Client } from 'pg';
import { DataStatus } from '../../messaging/data-status';
import { Retention } from '../../messaging/retention';
import { TaskWorker } from '../../tasks/task-worker';
import { TimerRunner } from '../../timers/timer-runner';
import { askWith } from './authorization';
import { allowedCaller } from './bad-input';
import { Callers } from './callers';
import { exampleOf, type ContractSubject, type ContractWorld } from './contract-world';

const isStatement = /^\s*(select|insert|update|delete|with)\b/i;

/** One form of each statement, whatever the number of its values and rows. */
export function formOf(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\$\d+(, \$\d+)+/g, '…')
    .replaceAll(/\(…\)(, \(…\))+/g, '(…)')
    .replaceAll(/\$\d+/g, '$')
    .trim();
}

/**
 * Collects the statements of a service while every route is called by its example and all background work runs once:
 * one text for each form, by the form.
 */
export async function statementsOf(subject: ContractSubject, aggregates: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const said = new Map<string, string>();
  // The driver's own client, so that nothing of the service has to know that it is watched.
  const query = Client.prototype.query as (...given: unknown[]) => unknown;
  const watch = jest.spyOn(Client.prototype, 'query').mockImplementation(function watched(this: Client, ...given: unknown[]) {
    const [asked] = given as [string | { text?: string } | null];
    const text = typeof asked === 'string' ? asked : (asked?.text ?? '');
    if (isStatement.test(text)) said.set(formOf(text), said.get(formOf(text)) ?? text);
    return query.apply(this, given);
  } as never);
  const world = await subject.start();
  try {
    for (const route of subject.declared) await ask(world, route);
    for (const aggregate of aggregates) await readAll(world, aggregate);
    const { app, clock } = world.service;
    clock.advance({ m: 2 });
    await app.get(TimerRunner, { strict: false }).runDueTimers();
    await app.get(TaskWorker, { strict: false }).runDueTasks();
    await app.get(Retention, { strict: false }).cleanUp();
    await app.get(DataStatus, { strict: false }).readStatus();
  } finally {
    await world.close();
    watch.mockRestore();
  }
  return said;
}

async function ask(world: ContractWorld, route: Route): Promise<void> {
  const example = await exampleOf(route, world);
  await askWith(world, route, example, await allowedCaller(route, example, world, new Callers(world)));
}

/** The first page, and what would come after it. */
async function readAll({ service }: ContractWorld, aggregate: string): Promise<void> {
  const as = service.service.name === 'matching' ? 'user' : 'matching';
  const { next } = await service.http.call(readSnapshot, { as, params: { aggregate }, query: { limit: 1 } });
  if (next !== null) await service.http.call(readSnapshot, { as, params: { aggregate }, query: { limit: 1, after: next } });
}
