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
    .replaceAll(/ in \(\$\d+\)/g, ' in (…)')
    .replaceAll(/\$\d+/g, '$')
    .trim();
}

export interface StatementsSaid {
  /** One text for each form, by the form. */
  readonly texts: ReadonlyMap<string, string>;
  /** For each aggregate of which there are several: how many statements a page of one of them took, and a page of all. */
  readonly pages: ReadonlyMap<string, { readonly ofOne: number; readonly ofAll: number }>;
}

/** Collects the statements of a service while every route is called by its example and all background work runs once. */
export async function statementsOf(subject: ContractSubject, aggregates: readonly string[]): Promise<StatementsSaid> {
  const said = new Map<string, string>();
  const pages = new Map<string, { ofOne: number; ofAll: number }>();
  let count = 0;
  /** The connection that reads a page of a snapshot: what loops say meanwhile is no part of it. */
  let snapshot: Client | undefined;
  // The driver's own client, so that nothing of the service has to know that it is watched.
  const query = Client.prototype.query as (...given: unknown[]) => unknown;
  const watch = jest.spyOn(Client.prototype, 'query').mockImplementation(function watched(this: Client, ...given: unknown[]) {
    const [asked] = given as [string | { text?: string } | null];
    const text = typeof asked === 'string' ? asked : (asked?.text ?? '');
    if (isStatement.test(text)) said.set(formOf(text), said.get(formOf(text)) ?? text);
    if (/^\s*(begin|start|commit|rollback)\b/i.test(text)) snapshot = /repeatable read/i.test(text) ? this : snapshot === this ? undefined : snapshot;
    else if (snapshot === this) count += 1;
    return query.apply(this, given);
  } as never);
  const world = await subject.start();
  const readPage = async (limit: number, aggregate: string): Promise<[rows: number, statements: number]> => {
    const before = count;
    const { rows } = await world.service.http.call(readSnapshot, { as: readerOf(world), params: { aggregate }, query: { limit } });
    return [rows.length, count - before];
  };
  try {
    for (const route of subject.declared) await ask(world, route);
    await world.another();
    await world.another();
    for (const aggregate of aggregates) {
      await readAll(world, aggregate);
      const [one, ofOne] = await readPage(1, aggregate);
      const [all, ofAll] = await readPage(100, aggregate);
      if (one === 1 && all > 1) pages.set(aggregate, { ofOne, ofAll });
    }
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
  return { texts: said, pages };
}

async function ask(world: ContractWorld, route: Route): Promise<void> {
  const example = await exampleOf(route, world);
  await askWith(world, route, example, await allowedCaller(route, example, world, new Callers(world)));
}

/** A service that may read the snapshots. */
const readerOf = ({ service }: ContractWorld): 'user' | 'matching' => (service.service.name === 'matching' ? 'user' : 'matching');

/** The first page, and what would come after it. */
async function readAll(world: ContractWorld, aggregate: string): Promise<void> {
  const { service } = world;
  const as = readerOf(world);
  const { next } = await service.http.call(readSnapshot, { as, params: { aggregate }, query: { limit: 1 } });
  if (next !== null) await service.http.call(readSnapshot, { as, params: { aggregate }, query: { limit: 1, after: next } });
}
