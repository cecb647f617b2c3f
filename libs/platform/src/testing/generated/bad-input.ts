import type { Route } from '@muster/contracts/kernel/route';
import { faultOfDeclared, problemIn, seen } from './answers';
import { askWith } from './authorization';
import { badRequestsTo, type BadRequest } from './bad-requests';
import { Callers, type Credentials } from './callers';
import { exampleOf, personOf, type AnyExample, type ContractWorld } from './contract-world';
import { extremesOf, type Extreme } from './extremes';
import { TableDigest } from './table-digest';
import { columnBounds, tooWideIn, wholeNumberEndsOf } from './whole-numbers';

const AT_ONCE = 4;

export interface Findings {
  readonly asked: number;
  readonly faults: readonly string[];
}

/** Sends what no route may take, and looks whether it was refused, at its field, without a trace. */
export class BadInput {
  private constructor(
    private readonly world: ContractWorld,
    private readonly tables: TableDigest,
    private readonly callers: Callers,
  ) {}

  static async of(world: ContractWorld): Promise<BadInput> {
    return new BadInput(world, await TableDigest.of(world.service.db), new Callers(world));
  }

  async refusals(route: Route): Promise<Findings> {
    const example = await exampleOf(route, this.world);
    const credentials = await allowedCaller(route, example, this.world, this.callers);
    const requests = badRequestsTo(route, example, this.tables.columns);
    const faults = new Map<BadRequest, string>();
    const send = async (some: readonly BadRequest[]): Promise<void> => {
      for (let at = 0; at < some.length; at += AT_ONCE) {
        await Promise.all(
          some.slice(at, at + AT_ONCE).map(async (request) => {
            const fault = await this.faultOf(route, request, credentials);
            if (fault !== undefined) faults.set(request, fault);
          }),
        );
      }
    };
    const changed = await this.tables.changedBy(async () => undefined, () => send(requests));
    if (changed.length > 0) await this.blame(requests, faults, send);
    return { asked: requests.length, faults: [...faults].map(([{ label }, fault]) => `${route.id}, ${label}: ${fault}`) };
  }

  /** The largest and the smallest that the contract takes: whatever comes of them is declared, and no failure. */
  async extremes(route: Route): Promise<Findings> {
    return this.faultsOfExtremes(route, extremesOf(route, await exampleOf(route, this.world)));
  }

  /** Either end of each whole number that the route takes, and whether the columns can hold those. */
  async wholeNumbers(route: Route): Promise<Findings> {
    const tooWide = tooWideIn(route, await columnBounds(this.world.service.db)).map((fault) => `${route.id}, ${fault}`);
    const { asked, faults } = await this.faultsOfExtremes(route, wholeNumberEndsOf(route, await exampleOf(route, this.world)));
    return { asked, faults: [...tooWide, ...faults] };
  }

  private async faultsOfExtremes(route: Route, extremes: readonly Extreme[]): Promise<Findings> {
    const faults: string[] = [];
    for (const { label, change } of extremes) {
      const example = await exampleOf(route, this.world);
      const credentials = await allowedCaller(route, example, this.world, this.callers);
      const fault = faultOfDeclared(route, await askWith(this.world, route, change(example), credentials));
      if (fault !== undefined) faults.push(`${route.id}, ${label}: ${fault}`);
    }
    return { asked: extremes.length, faults };
  }

  private async faultOf(route: Route, request: BadRequest, { token, internal }: Credentials): Promise<string | undefined> {
    const headers = { ...request.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    const answer = await this.world.service.http.raw(route.method, request.address, {
      headers: Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)),
      ...(request.body !== undefined && { body: request.body }),
      internal,
    });
    if (request.codes.length === 0) return faultOfDeclared(route, answer);
    const found = problemIn(route, answer);
    if (typeof found === 'string') return found;
    if (!request.codes.includes(found.code)) return `${seen(answer)} instead of ${request.codes.join(' or ')}`;
    if (found.code !== 'platform.invalid_request') return undefined;
    const named = found.errors?.map(({ pointer }) => pointer) ?? [];
    const unnamed = request.pointers.filter((pointer) => !named.includes(pointer));
    return unnamed.length === 0 ? undefined : `${seen(answer)} and does not name ${unnamed.join()}`;
  }

  /** Requests that already have a fault are left out, because a change they made adds nothing. */
  private async blame(requests: readonly BadRequest[], faults: Map<BadRequest, string>, send: (some: readonly BadRequest[]) => Promise<void>): Promise<void> {
    const refused = requests.filter((request) => !faults.has(request));
    const changedBy = (some: readonly BadRequest[]): Promise<string[]> => this.tables.changedBy(async () => undefined, () => send(some));
    if ((await changedBy(refused)).length === 0) return;
    for (const request of refused) {
      const tables = await changedBy([request]);
      if (tables.length > 0) faults.set(request, `was refused and changed ${tables.join()}`);
    }
  }
}

/** The credentials of a caller whom `access` names. */
export async function allowedCaller(route: Route, example: AnyExample, world: ContractWorld, callers: Callers): Promise<Credentials> {
  const person = personOf(route, example, world);
  if (route.access.kind === 'service') return callers.credentials('service of the table', route, person);
  if (route.access.kind === 'public') return { token: undefined, internal: false };
  return { token: await world.service.tokenOf({ ...person, roles: [...new Set([...person.roles, ...route.access.roles])] }), internal: false };
}

