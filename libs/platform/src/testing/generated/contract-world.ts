import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { Example, Route } from '@muster/contracts/kernel/route';
import { pause } from '../../kernel/backoff';
import { newId } from '../../kernel/ids';
import type { TestPerson } from '../http';
import type { TestService } from '../start-service';

/** A running service with everything that the examples of its routes need. */
export interface ContractWorld {
  readonly service: TestService;
  /** The world passed to `Route.example`. It also names one `aggregate` of which the service has snapshots. */
  readonly world: object;
  /** Whom `as` of an example names. */
  readonly people: Readonly<Record<string, TestPerson>>;
  /** Ends the session as the service hears of it; without it by the test's own feed. */
  revoke?(person: TestPerson): Promise<void>;
  /** Makes one more of each aggregate of which the service has snapshots. */
  another(): Promise<unknown>;
  close(): Promise<void>;
}

/** The subject of the generated tests: the declared routes and a way to start the service. */
export interface ContractSubject {
  readonly service: ServiceName;
  readonly declared: readonly Route[];
  start(): Promise<ContractWorld>;
}

export type AnyExample = Example<unknown, unknown, unknown>;

/** A request of the example's person that must succeed, made anew: the last one may have used its world up. */
export function exampleOf(route: Route, { world }: ContractWorld): Promise<AnyExample> {
  return route.example(world as never);
}

/**
 * The example's person, signed in on a device of their own: what a call does to a session concerns no other call.
 *
 * @throws Error when the example names nobody of the world where the route is for persons
 */
export function personOf(route: Route, example: AnyExample, { people }: ContractWorld): TestPerson {
  const person = example.as === undefined ? undefined : people[example.as];
  const anybody = route.access.kind === 'person' ? undefined : Object.values(people)[0];
  const found = person ?? anybody;
  if (!found) throw new Error(`${route.id}: its example names ${JSON.stringify(example.as)}, and the world has [${Object.keys(people).join()}]`);
  return { ...found, sessionId: newId<TestPerson['sessionId']>() };
}

export async function revokeIn(world: ContractWorld, person: TestPerson): Promise<void> {
  await (world.revoke?.(person) ?? world.service.revoke(person));
  await pause(20);
}
