import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Route } from '@muster/contracts/kernel/route';
import { AccessGuard } from '../../auth/access.guard';
import { AuthorizationMatrix, type Cell } from './authorization';
import { BadInput, type Findings } from './bad-input';
import { callerKinds, type CallerKind } from './callers';
import { Canaries } from './canaries';
import type { ContractWorld } from './contract-world';
import { countDesk, deskRoutes, putNote, readNote, startDesk, wideSign, type Breakage } from './desk.fixture';
import { differences } from './served';
import { StoredText } from './stored-text';

let world: ContractWorld | undefined;
afterEach(async () => {
  jest.restoreAllMocks();
  await world?.close();
  world = undefined;
});

/** The findings with which the generated tests would fail, each part on its own. */
async function findingsIn(broken?: Breakage) {
  const desk = await startDesk(broken);
  world = desk;
  const [matrix, input, texts] = [await AuthorizationMatrix.of(desk), await BadInput.of(desk), new StoredText({ declared: deskRoutes }, desk)];
  const writing = deskRoutes.filter(({ method }) => method !== 'GET');
  // The routes are asked one after the other: the requests to one route already keep the process busy, and a transaction
  // in which another route makes its example would be ended by PostgreSQL for having been idle too long.
  const faultsOf = async (routes: readonly Route[], ask: (route: Route) => Promise<Findings>): Promise<string[]> => {
    const all: string[] = [];
    for (const route of routes) all.push(...(await ask(route)).faults);
    return all;
  };
  const cells = async (...routes: readonly Route[]): Promise<Cell[]> => {
    const all: Cell[] = [];
    for (const route of routes) all.push(...(await matrix.cellsOf(route)));
    return all.filter(({ fault }) => fault !== undefined);
  };
  return {
    routes: () => differences({ declared: deskRoutes }, desk),
    cells,
    callers: async (route: Route) => (await cells(route)).map(({ caller }) => caller),
    refusals: () => faultsOf(deskRoutes, (route) => input.refusals(route)),
    wholeNumbers: (...routes: readonly Route[]) => faultsOf(routes, (route) => input.wholeNumbers(route)),
    secrecy: () => new Canaries(desk).faultsOf(putNote),
    extremes: () => faultsOf(writing, (route) => input.extremes(route)),
    texts: () => faultsOf(writing, (route) => texts.findings(route)),
  };
}
type Found = Awaited<ReturnType<typeof findingsIn>>;

const holding = (...texts: string[]) => expect.arrayContaining(texts.map((text) => expect.stringContaining(text)));

describe('the generated tests', () => {
  it('find nothing in a service that keeps its contracts', async () => {
    const found = await findingsIn();
    expect(found.routes()).toEqual([]);
    expect(await found.cells(...deskRoutes)).toEqual([]);
    expect([...(await found.refusals()), ...(await found.extremes()), ...(await found.texts()), ...(await found.wholeNumbers(...deskRoutes)), ...(await found.secrecy())]).toEqual([]);
  });

  it('fill a cell for every route and kind of caller, and ask a hundred things that are wrong', async () => {
    world = await startDesk();
    const matrix = await AuthorizationMatrix.of(world);
    for (const route of deskRoutes) expect((await matrix.cellsOf(route)).map(({ caller }) => caller)).toEqual(callerKinds);
    expect((await (await BadInput.of(world)).refusals(putNote)).asked).toBeGreaterThan(100);
  });

  it('notice that the guard is gone', async () => {
    jest.spyOn(AccessGuard.prototype, 'canActivate').mockReturnValue(true);
    const found = await findingsIn();
    const strangers: CallerKind[] = ['nobody', 'malformed token', 'forged token', 'expired token', 'revoked session'];
    expect(await found.callers(putNote)).toEqual(expect.arrayContaining([...strangers, 'no hats', 'contractor']));
    expect(await found.callers(readNote)).toEqual(expect.arrayContaining([...strangers, 'contractor', 'other contractor']));
    expect(await found.callers(countDesk)).toEqual(expect.arrayContaining([...strangers, 'worker', 'service not in the table']));
  });

  it.each<[Breakage, (found: Found) => Promise<void> | void]>([
    ['an access changed to public', async (found) => {
      expect(await found.callers(putNote)).toContain('nobody');
      expect(found.routes()).toEqual(holding('runs and is not as declared'));
    }],
    ['an access for more roles', async (found) => expect(await found.callers(putNote)).toEqual(['no hats', 'contractor', 'other contractor'])],
    ['no ownership check', async (found) => expect(await found.callers(readNote)).toEqual(['other worker'])],
    ['a foreign thing that is told from an absent one', async (found) => expect(await found.callers(readNote)).toEqual(['other worker'])],
    ['a denied call that writes', async (found) => {
      expect(await found.cells(readNote)).toEqual([expect.objectContaining({ caller: 'other worker', fault: 'was denied and changed notes' })]);
    }],
    ['a body that takes other fields', async (found) => expect(await found.refusals()).toEqual(holding('undeclared isAdmin', 'columns'))],
    ['a limit that is gone', async (found) => expect(await found.refusals()).toEqual(holding('NUL', 'lone high surrogate', 'one too long', 'two lines'))],
    ['a handler that throws on an emoji', async (found) => expect(await found.texts()).toEqual(holding('joined emoji: answered 500'))],
    ['text that is normalised', async (found) => expect(await found.texts()).toEqual(holding('combining marks: is read as'))],
    ['text that is trimmed only where it is read', async (found) => expect(await found.texts()).toEqual(holding('white space around: is read as'))],
    ['an answer with undeclared fields', async (found) => {
      const told = { caller: 'worker', fault: expect.stringContaining('does not declare') };
      expect(await found.cells(putNote)).toEqual(expect.arrayContaining([expect.objectContaining(told)]));
    }],
    ['a number that the database cannot hold', async (found) => expect(await found.extremes()).toEqual(holding('/body/version 1000: answered 500'))],
    ['a query that is wider than its column', async (found) => expect(await found.wholeNumbers(wideSign)).toEqual(holding('/query/version 9007199254740991: answered 500', '/query/version may be 9007199254740991'))],
    ['a line that holds what was sent', async (found) => expect(await found.secrecy()).toEqual(holding('a line holds a password', 'a line holds a code'))],
    ['a route without a contract', (found) => expect(found.routes()).toEqual(['GET /api/v1/notification/desk-side-door runs without a contract'])],
    ['a contract that does not run', (found) => expect(found.routes()).toEqual(holding('showSign (GET /api/v1/notification/desk/sign) is declared and does not run'))],
  ])('notice %s', async (broken, judge) => judge(await findingsIn(broken)));
});
