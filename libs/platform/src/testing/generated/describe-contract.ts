import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthorizationMatrix } from './authorization';
import { BadInput } from './bad-input';
import { callerKinds } from './callers';
import type { ContractSubject, ContractWorld } from './contract-world';
import { differences } from './served';
import { StoredText } from './stored-text';

/** A routes' worth of requests on a busy machine. */
const LONGEST_MS = 60_000;
const started = new WeakMap<ContractSubject, Promise<ContractWorld>>();

/**
 * The service that the generated tests of a file share; it is started by the first of them.
 *
 * @param start see {@link ContractSubject}
 */
export function contractOf(service: ContractSubject['service'], declared: ContractSubject['declared'], start: ContractSubject['start']): ContractSubject {
  const subject: ContractSubject = { service, declared, start };
  afterAll(async () => (await started.get(subject))?.close());
  return subject;
}

function worldOf(subject: ContractSubject): Promise<ContractWorld> {
  const world = started.get(subject) ?? subject.start();
  started.set(subject, world);
  return world;
}

/** Every declared route × every kind of caller is answered as the route's `access` says. */
export function describeAuthorization(subject: ContractSubject): void {
  describe(`who may call ${subject.service}`, () => {
    let matrix: AuthorizationMatrix;
    let world: ContractWorld;
    beforeAll(async () => {
      world = await worldOf(subject);
      matrix = await AuthorizationMatrix.of(world);
    }, LONGEST_MS);

    it('runs exactly the routes that are declared', () => {
      expect(differences(subject, world)).toEqual([]);
    });

    it.each(subject.declared.map((route) => [route.id, route] as const))(
      `answers each kind of caller of %s as its access declares`,
      async (_, route) => {
        const cells = await matrix.cellsOf(route);
        expect(cells.map(({ caller }) => caller)).toEqual(callerKinds);
        expect(cells.filter(({ fault }) => fault !== undefined)).toEqual([]);
      },
      LONGEST_MS,
    );
  });
}

/** What a schema refuses is refused at its field without a trace; hostile text that it takes comes back byte for byte. */
export function describeBadInput(subject: ContractSubject): void {
  describe(`what ${subject.service} is sent`, () => {
    let input: BadInput;
    let texts: StoredText;
    beforeAll(async () => {
      const world = await worldOf(subject);
      input = await BadInput.of(world);
      texts = new StoredText(subject, world);
    }, LONGEST_MS);
    const each = subject.declared.map((route) => [route.id, route] as const);
    const writing = each.filter(([, route]) => route.method !== 'GET');

    it.each(each)('is refused by %s at the field where it is wrong, without a trace', async (_, route) => {
      expect((await input.refusals(route)).faults).toEqual([]);
    }, LONGEST_MS);

    it.each(writing)('makes no failure in %s where it is as large or as small as may be', async (_, route) => {
      expect((await input.extremes(route)).faults).toEqual([]);
    }, LONGEST_MS);

    it.each(writing)('is kept by %s byte for byte where it is text', async (_, route) => {
      expect((await texts.findings(route)).faults).toEqual([]);
    }, LONGEST_MS);
  });
}
