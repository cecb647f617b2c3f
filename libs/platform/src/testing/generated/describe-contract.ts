import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventDefinition } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { readSnapshot } from '@muster/contracts/kernel/internal';
import { AuthorizationMatrix } from './authorization';
import { BadInput } from './bad-input';
import { callerKinds } from './callers';
import { Canaries } from './canaries';
import type { ContractSubject, ContractWorld } from './contract-world';
import { hasExtremes } from './extremes';
import { accountLimitsOf, LimitsHeld } from './limits-held';
import { editableOf, PutOfGet } from './put-of-get';
import { Repeats } from './repeats';
import { differences } from './served';
import { StoredText, textsOf } from './stored-text';
import { columnBounds, takesWholeNumbers, tooWideInEvents } from './whole-numbers';

/** A route's worth of requests on a busy machine. */
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

    for (const route of subject.declared) {
      it(`answers each kind of caller of ${route.id} as its access declares`, async () => {
        const cells = await matrix.cellsOf(route);
        expect(cells.map(({ caller }) => caller)).toEqual(callerKinds);
        expect(cells.filter(({ fault }) => fault !== undefined)).toEqual([]);
      }, LONGEST_MS);
    }
  });
}

/** Each limit for abuse that a route declares is held: beyond it the route refuses, says which one, and changes nothing. */
export function describeLimits(subject: ContractSubject): void {
  describe(`the limits of ${subject.service}`, () => {
    let held: LimitsHeld;
    beforeAll(async () => {
      held = await LimitsHeld.of(await worldOf(subject));
    }, LONGEST_MS);
    for (const route of subject.declared.filter((each) => accountLimitsOf(each).length > 0)) {
      it(`are held by ${route.id}, each that it declares`, async () => {
        expect(await held.faultsOf(route)).toEqual([]);
      }, LONGEST_MS);
    }
  });
}

/** Whatever secret a request holds, no line of the log holds it. */
export function describeSecrecy(subject: ContractSubject): void {
  describe(`the log of ${subject.service}`, () => {
    for (const route of subject.declared) {
      it(`holds nothing that ${route.id} is sent`, async () => {
        expect(await new Canaries(await worldOf(subject)).faultsOf(route)).toEqual([]);
      }, LONGEST_MS);
    }
  });
}

/** Each write is answered a second time as its `repeat` declares, and what is handed out to be edited is taken back. */
export function describeRepeats(subject: ContractSubject): void {
  describe(`the same request to ${subject.service} again`, () => {
    for (const route of subject.declared.filter(({ method }) => method !== 'GET')) {
      it(`is answered by ${route.id} as it declares (${route.repeat}), and has its effect once`, async () => {
        const repeats = await Repeats.of(await worldOf(subject));
        expect(await repeats.faultOf(route)).toBeUndefined();
      }, LONGEST_MS);
    }
  });
  describe(`what ${subject.service} hands out to be edited`, () => {
    for (const editable of editableOf(subject.declared)) {
      it(`is taken by ${editable.write.id} two days after ${editable.read.id} gave it`, async () => {
        expect(await new PutOfGet(await worldOf(subject)).faultOf(editable)).toBeUndefined();
      }, LONGEST_MS);
    }
  });
}

/** A reader that lost its place can begin anew: each aggregate that the service tells of has a snapshot. */
export function describeSnapshots(subject: ContractSubject, events: readonly EventDefinition[]): void {
  describe(`snapshots of ${subject.service}`, () => {
    for (const aggregate of new Set(events.map((event) => event.aggregate))) {
      it(`show every ${aggregate}`, async () => {
        const world = await worldOf(subject);
        const page = await world.service.http.call(readSnapshot, { as: readerOf(subject), params: { aggregate } });
        expect(page.head.producer).toBe(subject.service);
      }, LONGEST_MS);
    }
  });
}

/** Whole numbers that the service tells or hears of fit the columns of their names. */
export function describeColumns(subject: ContractSubject, events: readonly EventDefinition[]): void {
  describe(`columns of ${subject.service}`, () => {
    it('hold every whole number of an event', async () => {
      const { service } = await worldOf(subject);
      expect(tooWideInEvents(events, await columnBounds(service.db))).toEqual([]);
    }, LONGEST_MS);
  });
}

/** Another service than the subject's. */
function readerOf({ service }: ContractSubject): ServiceName {
  return service === 'matching' ? 'user' : 'matching';
}

/**
 * Input that a schema refuses is refused at its field without a trace in the tables; hostile text that it accepts comes
 * back byte for byte.
 */
export function describeBadInput(subject: ContractSubject): void {
  describe(`what ${subject.service} is sent`, () => {
    let input: BadInput;
    let texts: StoredText;
    beforeAll(async () => {
      const world = await worldOf(subject);
      input = await BadInput.of(world);
      texts = new StoredText(subject, world);
    }, LONGEST_MS);
    for (const route of subject.declared) {
      it(`is refused by ${route.id} at the field where it is wrong, without a trace`, async () => {
        expect((await input.refusals(route)).faults).toEqual([]);
      }, LONGEST_MS);
    }
    for (const route of subject.declared.filter(hasExtremes)) {
      it(`makes no failure in ${route.id} where it is as large or as small as may be`, async () => {
        expect((await input.extremes(route)).faults).toEqual([]);
      }, LONGEST_MS);
    }
    for (const route of subject.declared.filter(takesWholeNumbers)) {
      it(`makes no failure in ${route.id} with the largest and smallest whole numbers, and fits the columns`, async () => {
        const { asked, faults } = await input.wholeNumbers(route);
        expect(faults).toEqual([]);
        expect(asked).toBeGreaterThan(0);
      }, LONGEST_MS);
    }
    for (const route of subject.declared.filter((each) => textsOf(each).length > 0)) {
      it(`is kept by ${route.id} byte for byte where it is text`, async () => {
        expect((await texts.findings(route)).faults).toEqual([]);
      }, LONGEST_MS);
    }
  });
}
