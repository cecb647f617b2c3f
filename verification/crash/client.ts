import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attempt, History, Operation, Outcome } from './history';
import type { Person, Reply } from './person';
import type { Product } from './product';
import type { Random } from './random';

const PATIENCE_MS = 180_000;

export interface Intention {
  readonly op: Operation;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly about?: Record<string, unknown>;
  /** Named by the client; without one the request has a key in the history only. */
  readonly key?: string;
  /** Now and then sent twice at once, and once more afterwards: a device that doesn't know whether it was heard. */
  readonly repeatable?: boolean;
}

/** One actor: does one thing at a time, writes down each attempt, and repeats what stayed unknown. */
export class Client {
  constructor(
    readonly person: Person,
    private readonly product: Product,
    private readonly history: History,
    readonly random: Random,
  ) {}

  /** @returns the attempt that was answered. @throws Error when none ever is */
  async do(intention: Intention): Promise<Attempt> {
    const key = intention.key ?? randomUUID();
    if (intention.repeatable && this.random.chance(0.04)) void this.attempt(intention, key);
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      const attempt = await this.attempt(intention, key);
      if (attempt.outcome === 'unknown') {
        await Promise.all([this.product.untilUp(), sleep(20)]);
        continue;
      }
      if (attempt.outcome === 'ok' && intention.repeatable && this.random.chance(0.04)) await this.attempt(intention, key);
      return attempt;
    }
    throw new Error(`${intention.op} was not answered for ${PATIENCE_MS} ms`);
  }

  private async attempt({ op, method, path, body, headers, about = {} }: Intention, key: string): Promise<Attempt> {
    const start = Date.now();
    const reply = await this.person.ask(method, path, body, headers);
    if (reply?.status === 401) await this.person.refresh();
    const attempt: Attempt = {
      op, key, who: this.person.personId, start, end: Date.now(), outcome: outcomeOf(reply),
      status: reply?.status,
      code: reply && reply.status >= 400 ? (reply.malformed ? 'not a problem' : String(reply.body['code'])) : undefined,
      about,
      answer: reply?.body,
    };
    this.history.add(attempt);
    return attempt;
  }
}

function outcomeOf(reply: Reply | undefined): Outcome {
  if (!reply || [401, 429, 503].includes(reply.status)) return 'unknown';
  return reply.status < 400 ? 'ok' : 'fail';
}
