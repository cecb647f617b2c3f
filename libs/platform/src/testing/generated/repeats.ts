import { isDeepStrictEqual } from 'node:util';
import type { Route } from '@muster/contracts/kernel/route';
import { newId } from '../../kernel/ids';
import type { TestAnswer } from '../http';
import { faultOfSuccess, problemIn, seen } from './answers';
import { askWith } from './authorization';
import { allowedCaller } from './bad-input';
import { Callers, type Credentials } from './callers';
import { exampleOf, type AnyExample, type ContractWorld } from './contract-world';
import { TableDigest } from './table-digest';

/** Fields that every PUT changes, whether or not it changes anything else. */
const movedByWriting = new Set(['version', 'updatedAt', 'freeUntil']);

/** Sends each write twice, as somebody does whom the first answer never reached: same caller, key, version and body. */
export class Repeats {
  private constructor(
    private readonly world: ContractWorld,
    private readonly tables: TableDigest,
    private readonly callers: Callers,
  ) {}

  static async of(world: ContractWorld): Promise<Repeats> {
    return new Repeats(world, await TableDigest.of(world.service.db), new Callers(world));
  }

  /** Undefined where the second request was answered as the route's `repeat` says. */
  async faultOf(route: Route): Promise<string | undefined> {
    let fault: string | undefined;
    const changed = await this.tables.changedBy(
      async () => {
        const first = await this.firstOf(route);
        fault ??= faultOfSuccess(route, first.answer);
        return first;
      },
      async ({ request, credentials, answer }) => {
        const second = await askWith(this.world, route, request, credentials);
        fault ??= faultOfSecond(route, answer, second);
      },
    );
    if (fault !== undefined || route.method !== 'POST' || route.repeat !== 'same') return fault;
    return changed.length > 0 ? `was answered as before, and changed ${changed.join()} again` : undefined;
  }

  private async firstOf(route: Route): Promise<{ request: AnyExample; credentials: Credentials; answer: TestAnswer }> {
    const example = await exampleOf(route, this.world);
    const credentials = await allowedCaller(route, example, this.world, this.callers);
    const request = { ...example, headers: { ...example.headers, ...(route.idempotent && { 'idempotency-key': newId() }) } };
    return { request, credentials, answer: await askWith(this.world, route, request, credentials) };
  }
}

function faultOfSecond(route: Route, first: TestAnswer, second: TestAnswer): string | undefined {
  if (route.repeat === 'anew') return faultOfSuccess(route, second);
  if (route.repeat === 'single-use') {
    if (second.status < 400) return `${seen(second)}, and can be used once only`;
    const found = problemIn(route, second);
    return typeof found === 'string' ? found : undefined;
  }
  if (route.repeat === 'ends-session' && second.status === 401) return undefined;
  if (first.status !== second.status) return `${seen(second)} the second time`;
  const [before, after] = [first, second].map(({ body }) => (route.method === 'PUT' ? withoutMoved(body) : body));
  return isDeepStrictEqual(before, after) ? undefined : `${seen(second)} the second time, ${seen(first)} the first`;
}

function withoutMoved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMoved);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([name]) => !movedByWriting.has(name));
  return Object.fromEntries(entries.map(([name, part]) => [name, withoutMoved(part)]));
}
