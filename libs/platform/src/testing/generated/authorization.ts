import { serviceNames } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { Route } from '@muster/contracts/kernel/route';
import { addressOf } from '../../internal/internal-client';
import { newId } from '../../kernel/ids';
import type { TestAnswer } from '../http';
import { faultOfDeclared, faultOfRefusal, faultOfSuccess, problemIn, seen } from './answers';
import { callerKinds, Callers, type CallerKind, type Credentials } from './callers';
import { exampleOf, personOf, type AnyExample, type ContractWorld } from './contract-world';
import { expectationsOf, isDenied, type Expectation } from './expectations';
import { TableDigest } from './table-digest';

export interface Cell {
  readonly route: string;
  readonly caller: CallerKind;
  readonly expected: Expectation;
  /** Undefined when the call was answered as expected. */
  readonly fault: string | undefined;
}

const refusals = {
  notSignedIn: platformErrors.notSignedIn,
  notAllowed: platformErrors.notAllowed,
  nothingHere: platformErrors.notFound,
} as const;

/** Asks each route as each kind of caller. */
export class AuthorizationMatrix {
  private readonly callers: Callers;

  private constructor(
    private readonly world: ContractWorld,
    private readonly tables: TableDigest,
  ) {
    this.callers = new Callers(world);
  }

  static async of(world: ContractWorld): Promise<AuthorizationMatrix> {
    return new AuthorizationMatrix(world, await TableDigest.of(world.service.db));
  }

  /** One cell for each kind of caller, whatever happens. */
  async cellsOf(route: Route): Promise<Cell[]> {
    const expectations = expectationsOf(route.access, everyServiceIn(route, this.world.service.service.name));
    const denied = callerKinds.filter((kind) => isDenied(expectations[kind]));
    const cells = new Map<CallerKind, string | undefined>();
    // Denied calls leave the example as good as it was: they share one, and one look at the database.
    const changed = await this.changedBy(route, expectations, denied, cells);
    if (changed.length > 0) {
      for (const kind of denied) {
        const own = await this.changedBy(route, expectations, [kind], cells);
        if (own.length > 0) cells.set(kind, `was denied and changed ${own.join()}`);
      }
    }
    for (const kind of callerKinds) {
      if (!isDenied(expectations[kind])) cells.set(kind, await this.faultOfAllowed(route, kind, expectations[kind]).catch(messageOf));
    }
    return callerKinds.map((caller) => ({ route: route.id, caller, expected: expectations[caller], fault: cells.get(caller) }));
  }

  private async changedBy(
    route: Route,
    expectations: Readonly<Record<CallerKind, Expectation>>,
    kinds: readonly CallerKind[],
    cells: Map<CallerKind, string | undefined>,
  ): Promise<string[]> {
    if (kinds.length === 0) return [];
    const prepare = async (): Promise<AnyExample> => {
      const example = await exampleOf(route, this.world);
      // The first revocation writes; it is not the call's doing.
      if (kinds.includes('revoked session')) await this.callers.credentials('revoked session', route, personOf(route, example, this.world));
      return example;
    };
    try {
      return await this.tables.changedBy(prepare, async (example) => {
        for (const kind of kinds) cells.set(kind, await this.faultOfDenied(route, kind, expectations[kind], example).catch(messageOf));
      });
    } catch (error) {
      for (const kind of kinds) cells.set(kind, messageOf(error));
      return [];
    }
  }

  private async faultOfAllowed(route: Route, kind: CallerKind, expected: Expectation): Promise<string | undefined> {
    const answer = await this.ask(route, kind, await exampleOf(route, this.world));
    return expected === 'success' ? faultOfSuccess(route, answer) : faultOfDeclared(route, answer);
  }

  private async faultOfDenied(route: Route, kind: CallerKind, expected: Expectation, example: AnyExample): Promise<string | undefined> {
    const answer = await this.ask(route, kind, example);
    if (expected in refusals) return faultOfRefusal(route, answer, refusals[expected as keyof typeof refusals]);
    const absent = await this.ask(route, kind, { ...example, params: absentParams(route, example) });
    const [foreign, nothing] = [problemIn(route, answer), problemIn(route, absent)];
    if (typeof foreign === 'string') return foreign;
    if (typeof nothing === 'string') return nothing;
    if (nothing.status !== 404) return `${seen(absent)} for what is not there`;
    return foreign.code === nothing.code ? undefined : `${seen(answer)}, and ${nothing.code} for what is not there`;
  }

  private async ask(route: Route, kind: CallerKind, example: AnyExample): Promise<TestAnswer> {
    const credentials = await this.callers.credentials(kind, route, personOf(route, example, this.world));
    return askWith(this.world, route, example, credentials);
  }
}

export function askWith({ service }: ContractWorld, route: Route, example: AnyExample, { token, internal }: Credentials): Promise<TestAnswer> {
  const headers: Record<string, string> = { ...example.headers };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (example.ifMatch !== undefined) headers['if-match'] = `"${example.ifMatch}"`;
  if (route.method === 'GET') return service.http.raw('GET', addressOf(route, example.params, example.query), { headers, internal });
  headers['content-type'] = 'application/json';
  const body = JSON.stringify(example.body ?? {});
  return service.http.raw(route.method, addressOf(route, example.params, example.query), { headers, body, internal });
}

/** The same address with ids that nobody has. @throws Error for a route about an own thing that names none */
function absentParams(route: Route, example: AnyExample): Record<string, unknown> {
  const given = Object.keys((example.params ?? {}) as object);
  if (given.length === 0) throw new Error(`${route.id} is about an own thing and names none in its path`);
  return Object.fromEntries(given.map((name) => [name, newId()]));
}

function everyServiceIn({ access }: Route, own: string): boolean {
  return access.kind === 'service' && serviceNames.every((name) => name === own || access.callers.includes(name));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
