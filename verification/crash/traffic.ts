import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../product/random';
import type { Product } from '../product/standalone';
import { Visitor, type Hat } from '../product/visitor';
import { Client } from './client';
import { contractorSteps, workerSteps } from './habits';
import { History } from './history';

/** Everybody doing what people do, each at their own pace, until told to stop. */
export class Traffic {
  readonly history = new History();
  private readonly clients: Client[];
  private stopping = false;
  private loops: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly people: readonly Visitor[],
    product: Product,
    random: Random,
  ) {
    this.clients = people.map((person) => new Client(person, product, this.history, random.fork()));
  }

  /** Signs everybody up; the product is up. */
  static async of(product: Product, size: { workers: number; contractors: number }, random: Random): Promise<Traffic> {
    const signUp = (hat: Hat, count: number) => Array.from({ length: count }, (_, at) => Visitor.signUp(product, `${hat}${at + 1}@example.org`, hat));
    return new Traffic(await Promise.all([...signUp('contractor', size.contractors), ...signUp('worker', size.workers)]), product, random);
  }

  start(): void {
    this.stopping = false;
    const workers = this.people.filter(({ hat }) => hat === 'worker').map(({ personId }) => personId);
    const loops = this.clients.map(async (client) => {
      const step = client.visitor.hat === 'worker' ? workerSteps(client) : contractorSteps(client, workers);
      while (!this.stopping) {
        await step();
        await sleep(client.random.whole(20, 90));
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
