import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from './client';
import { contractorStep, newDesk } from './contractor';
import { History } from './history';
import { Person } from './person';
import type { Product } from './product';
import type { Random } from './random';
import { workerStep } from './worker';

export interface Market {
  readonly workers: readonly Person[];
  readonly contractors: readonly Person[];
}

/** Signs everybody up and gives the workers the profile and the calendar that make them findable. */
export async function openMarket(product: Product, size: { workers: number; contractors: number }): Promise<Market> {
  const people = (hat: 'worker' | 'contractor', count: number) =>
    Promise.all(Array.from({ length: count }, (_, at) => Person.signUp(product, `${hat}${at + 1}@example.org`, hat)));
  return { contractors: await people('contractor', size.contractors), workers: await people('worker', size.workers) };
}

/** Everybody doing what people do, each at their own pace, until told to stop. */
export class Traffic {
  readonly history = new History();
  private readonly clients: Client[];
  private stopping = false;
  private loops: Promise<unknown> = Promise.resolve();

  constructor(
    readonly market: Market,
    product: Product,
    random: Random,
  ) {
    this.clients = [...market.contractors, ...market.workers].map((person) => new Client(person, product, this.history, random.fork()));
  }

  start(): void {
    this.stopping = false;
    const { contractors, workers } = this.market;
    const partners = { contractors: contractors.map((one) => one.personId), workers: workers.map((one) => one.personId) };
    const loops = this.clients.map(async (client) => {
      const step = client.person.hat === 'worker' ? workerStep(client) : contractorStep(client, newDesk(partners.workers));
      while (!this.stopping) {
        await step();
        await sleep(client.random.between(20, 90));
      }
    });
    this.loops = Promise.all(loops);
    this.loops.catch(() => (this.stopping = true)); // told by stop
  }

  /** Waits until so many more requests have succeeded: machines differ in speed, what is shown should not. */
  async answered(more: number, withinMs: number): Promise<void> {
    const aim = this.history.countOf('ok') + more;
    for (const end = Date.now() + withinMs; this.history.countOf('ok') < aim && Date.now() < end; ) await sleep(20);
  }

  /** Lets everybody finish what they began. @throws Error when one of them could not */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.loops;
    await sleep(300); // requests sent twice on purpose, of which nobody waited for the first
  }
}
