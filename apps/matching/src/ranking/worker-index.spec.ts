import { describe, expect, it } from '@jest/globals';
import { civilDateOf, DAY_MS } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import fc from 'fast-check';
import { searchByBruteForce } from '../../test/search/brute-force';
import { person, searchOn, siblingsOf, START, worker, worldDays, type Step } from '../../test/search/worlds';
import type { WorkerDocument } from './worker-document';
import { WorkerIndex } from './worker-index';

const emptyIndex = () => new WorkerIndex({ siblingsOf, now: START * DAY_MS });

function live(steps: readonly Step[], onSearch: (matches: number) => void): void {
  const index = emptyIndex();
  const documents = new Map<PersonId, WorkerDocument>();
  for (const step of steps) {
    if (step.kind === 'upsert') {
      documents.set(step.document.personId, step.document);
      index.upsert(step.document);
    } else if (step.kind === 'remove') {
      documents.delete(step.personId);
      index.remove(step.personId);
    } else if (step.kind === 'settle') index.settle(step.entries);
    else if (step.kind === 'arrange') index.arrange();
    else {
      const answer = index.search(step.search);
      expect(answer).toEqual(searchByBruteForce(documents.values(), step.search, siblingsOf));
      onSearch(answer.matches);
    }
  }
}

describe('the index of workers', () => {
  it('answers exactly as asking everybody would, whatever changed before and however many days went by', () => {
    let searches = 0;
    let found = 0;
    fc.assert(
      fc.property(worldDays, (days) => {
        live(days.flat(), (matches) => {
          searches += 1;
          found += matches;
        });
      }),
      { numRuns: 200 },
    );
    // A world in which nobody is ever found would not test anything.
    expect(searches).toBeGreaterThan(1000);
    expect(found).toBeGreaterThan(searches / 4);
  });

  it('does not depend on the order in which workers came', () => {
    const world = fc.uniqueArray(worker, { selector: (one) => one.personId, minLength: 5, maxLength: 40, size: 'max' });
    fc.assert(
      fc.property(world.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), searchOn(START), ([all, shuffled], search) => {
        const [one, other] = [emptyIndex(), emptyIndex()];
        all.forEach((document) => one.upsert(document));
        shuffled.forEach((document) => other.upsert(document));
        expect(other.search(search)).toEqual(one.search(search));
      }),
    );
  });

  it('puts equal workers in the order of their ids, at the edge of the limit too', () => {
    const [document] = fc.sample(
      worker.filter((one) => one.skills.length > 0 && one.active && one.adult),
      { numRuns: 1, seed: 1 },
    ) as [WorkerDocument];
    const index = emptyIndex();
    const ids = Array.from({ length: 30 }, (_, n) => person(n));
    const day = civilDateOf(START + 3);
    for (const personId of ids) {
      index.upsert({
        ...document, personId, blocks: [], floorPay: 0, pendingInvites: 0, travelRadiusKm: 50,
        availability: { weekly: [], exceptions: [{ date: day, free: true }], freeUntil: null, bookings: [] },
      });
    }
    const [skill] = document.skills;
    const answer = index.search({
      contractorId: '00000000-0000-7000-8000-ffffffffffff' as PersonId,
      site: document.cell, radiusKm: 10, trade: skill!.trade, minimumLevel: skill!.level, days: [day],
      payPerDay: 1000, language: null, limit: 10, now: START * DAY_MS, today: civilDateOf(START),
    });
    expect(answer.items.map(({ personId }) => personId)).toEqual([...ids].sort().slice(0, 10));
    expect(answer.matches).toBe(30);
  });

  it('grows, shrinks and forgets', () => {
    const index = emptyIndex();
    const all = fc.sample(worker.filter((one) => one.active && one.adult && one.skills.length > 0), { numRuns: 300, seed: 2 });
    all.forEach((document, n) => index.upsert({ ...document, personId: person(n) }));
    expect(index.size).toBe(300);
    expect(index.slotOf(person(7))).not.toBe(-1);
    all.forEach((_, n) => index.remove(person(n)));
    index.remove(person(7));
    expect(index.size).toBe(0);
    expect(index.slotOf(person(7))).toBe(-1);
  });

  it('removes somebody who is no longer active, adult or skilled', () => {
    const [document] = fc.sample(worker.filter((one) => one.active && one.adult && one.skills.length > 0), { numRuns: 1, seed: 3 }) as [WorkerDocument];
    for (const change of [{ active: false }, { adult: false }, { skills: [] }]) {
      const index = emptyIndex();
      index.upsert(document);
      index.upsert({ ...document, ...change });
      expect(index.size).toBe(0);
    }
  });

  it('settles everything once the day has turned, and then has nothing to do', () => {
    const index = emptyIndex();
    fc.sample(worker, { numRuns: 200, seed: 4 }).forEach((document, n) => index.upsert({ ...document, personId: person(n) }));
    expect(index.settle(10)).toBe(false);
    index.rollTo((START + 1) * DAY_MS);
    let rounds = 0;
    while (index.settle(10)) rounds += 1;
    expect(rounds).toBeGreaterThan(3);
    expect(index.settle(10)).toBe(false);
  });

  it('refuses a day that its bits cannot hold, and a limit that is none', () => {
    const [search] = fc.sample(searchOn(START), 1) as [Parameters<WorkerIndex['search']>[0]];
    for (const ahead of [-2, 127]) {
      expect(() => emptyIndex().search({ ...search, days: [civilDateOf(START + ahead)] })).toThrow(RangeError);
    }
    for (const limit of [0, 101, 1.5]) expect(() => emptyIndex().search({ ...search, limit })).toThrow(RangeError);
  });
});
