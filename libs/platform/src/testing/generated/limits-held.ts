import type { Limit } from '@muster/contracts/kernel/limits';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { Route } from '@muster/contracts/kernel/route';
import { CONFIG } from '../../config/define-config';
import type { PlatformEnv } from '../../config/platform-env';
import { newId } from '../../kernel/ids';
import { faultOfRefusal, problemIn } from './answers';
import { askWith } from './authorization';
import { exampleOf, personOf, type ContractWorld } from './contract-world';
import { TableDigest } from './table-digest';

const HOUR_SECONDS = 3_600;

/** The limits of a route that are counted by account. */
export function accountLimitsOf(route: Route): Limit[] {
  return route.limits.filter(({ by }) => by === 'account');
}

/** Sees that each limit that a route declares is held: an account for which it is none is refused the route's example. */
export class LimitsHeld {
  private constructor(
    private readonly world: ContractWorld,
    private readonly tables: TableDigest,
  ) {}

  static async of(world: ContractWorld): Promise<LimitsHeld> {
    return new LimitsHeld(world, await TableDigest.of(world.service.db));
  }

  async faultsOf(route: Route): Promise<string[]> {
    const faults: string[] = [];
    for (const limit of accountLimitsOf(route)) {
      const found = await this.without(limit, () => this.faultOf(route, limit));
      if (found !== undefined) faults.push(`${limit.name}: ${found}`);
    }
    return faults;
  }

  private async faultOf(route: Route, { name }: Limit): Promise<string | undefined> {
    let fault: string | undefined;
    // Only new accounts have none, so that the people of the world, who are not new, can make the example.
    const newUntil = Math.floor(this.world.service.clock.now().getTime() / 1000) + HOUR_SECONDS;
    const changed = await this.tables.changedBy(
      async () => {
        const example = await exampleOf(route, this.world);
        const token = await this.world.service.tokenOf({ ...personOf(route, example, this.world), newUntil });
        return { ...example, token, headers: { ...example.headers, 'idempotency-key': newId() } };
      },
      async ({ token, ...example }) => {
        const answer = await askWith(this.world, route, example, { token, internal: false });
        fault ??= faultOfRefusal(route, answer, { status: 429, code: platformErrors.limitReached.code });
        const found = problemIn(route, answer);
        if (typeof found !== 'string' && found.params?.['name'] !== name) fault ??= `names ${String(found.params?.['name'])}`;
        if (!(Number(answer.headers['retry-after']) > 0)) fault ??= 'does not say when it lifts';
      },
    );
    return fault ?? (changed.length > 0 ? `was refused and changed ${changed.join()}` : undefined);
  }

  private async without<R>({ name }: Limit, work: () => Promise<R>): Promise<R> {
    const figures = this.world.service.app.get<PlatformEnv>(CONFIG).LIMITS as Map<string, { most: number | null; mostWhenNew: number | null }>;
    const kept = figures.get(name) ?? { most: null, mostWhenNew: null };
    figures.set(name, { ...kept, mostWhenNew: 0 });
    try {
      return await work();
    } finally {
      figures.set(name, kept);
    }
  }
}
