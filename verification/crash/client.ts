import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Route } from '@muster/contracts/kernel/route';
import { openJob } from '@muster/contracts/matching/jobs.routes';
import { declareFreeToday, saveAvailability, saveContractorProfile, saveWorkerProfile, withdrawFreeToday } from '@muster/contracts/user/routes';
import type { z } from 'zod';
import type { Random } from '../product/random';
import type { Product } from '../product/standalone';
import type { Answered, Sent, Visitor } from '../product/visitor';
import type { Attempt, History, Outcome } from './history';

const PATIENCE_MS = 180_000;
/** Writes of which a copy that comes late would undo a later one, or that name the version they saw. */
const sentOnce: readonly Route[] = [openJob, saveWorkerProfile, saveContractorProfile, saveAvailability, declareFreeToday, withdrawFreeToday];

interface Done<R extends Route> {
  readonly outcome: Outcome;
  readonly code: string | undefined;
  /** Of a success. */
  readonly answer: z.output<R['response']> | undefined;
}

/** One actor: does one thing at a time, writes down each attempt, and repeats what stayed unknown. */
export class Client {
  constructor(
    readonly visitor: Visitor,
    private readonly product: Product,
    private readonly history: History,
    readonly random: Random,
  ) {}

  /**
   * Asks until there is an answer. Now and then a write is sent twice at once, and once more afterwards: a device that
   * doesn't know whether it was heard.
   *
   * @param key attempts of one intention share it; the client's own id where the route takes one
   * @throws Error when none ever comes
   */
  async do<R extends Route>(route: R, sent: Sent<R> = {}, key: string = randomUUID()): Promise<Done<R>> {
    const repeatable = route.method !== 'GET' && !sentOnce.includes(route);
    if (repeatable && this.random.chance(0.04)) void this.attempt(route, sent, key);
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      const { outcome, code, answer } = await this.attempt(route, sent, key);
      if (outcome === 'unknown') {
        await Promise.all([this.product.untilUp(), sleep(20)]);
        continue;
      }
      if (outcome === 'ok' && repeatable && this.random.chance(0.04)) await this.attempt(route, sent, key);
      return { outcome, code, answer: outcome === 'ok' ? (answer as z.output<R['response']>) : undefined };
    }
    throw new Error(`${route.id} was not answered for ${PATIENCE_MS} ms`);
  }

  /** One request, written down and never repeated. */
  async attempt<R extends Route>(route: R, sent: Sent<R> = {}, key: string = randomUUID()): Promise<Attempt> {
    const start = Date.now();
    const reply = await this.visitor.send(route, { ...sent, idempotencyKey: key });
    if (reply?.status === 401) await this.visitor.refresh();
    const attempt: Attempt = {
      op: route.id.split('.')[1] ?? '', key, who: this.visitor.personId, start, end: Date.now(), outcome: outcomeOf(reply), status: reply?.status, code: codeOf(reply),
      about: { ...(sent.params as object), ...(sent.body as object) }, answer: reply?.body,
    };
    this.history.add(attempt);
    return attempt;
  }
}

function outcomeOf(reply: Answered | undefined): Outcome {
  if (!reply || [401, 429, 503].includes(reply.status)) return 'unknown';
  return reply.status < 400 ? 'ok' : 'fail';
}

/** Of a refusal; one that is no problem document says so. */
function codeOf(reply: Answered | undefined): string | undefined {
  if (!reply || reply.status < 400) return undefined;
  return reply.headers.get('content-type')?.startsWith('application/problem+json') ? String(reply.body['code']) : 'not a problem';
}
