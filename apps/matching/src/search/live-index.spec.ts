import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import fc from 'fast-check';
import { person, START, worker, worldDays, type Step } from '../../test/search/worlds';
import { IndexGeneration } from './live-index';

/** Counts the labels that were checked. */
function labelsSeen(steps: readonly Step[]): number {
  const generation = new IndexGeneration('epoch', 0, START * DAY_MS);
  const names = new Map<PersonId, string>();
  let seen = 0;
  steps.forEach((step, nth) => {
    if (step.kind === 'upsert') {
      const { personId } = step.document;
      names.set(personId, `name ${nth}`);
      generation.put({ document: step.document, displayName: `name ${nth}`, photoId: null });
    } else if (step.kind === 'remove') generation.remove(step.personId);
    else if (step.kind === 'search') {
      const { items, labels } = generation.search(step.search);
      expect(labels.map(({ displayName }) => displayName)).toEqual(items.map(({ personId }) => names.get(personId)));
      seen += items.length;
    }
  });
  return seen;
}

describe('the labels of an answer', () => {
  it('are those that each person had last, whoever had the slot before', () => {
    let seen = 0;
    fc.assert(fc.property(worldDays, (days) => void (seen += labelsSeen(days.flat()))), { numRuns: 100 });
    expect(seen).toBeGreaterThan(100);
  });

  it('are forgotten with the person', () => {
    const generation = new IndexGeneration('epoch', 0, START * DAY_MS);
    const able = worker.filter((one) => one.active && one.adult && one.skills.length > 0);
    const documents = fc.sample(able, { numRuns: 40, seed: 3 }).map((document, nth) => ({ ...document, personId: person(nth) }));
    for (const document of documents) generation.put({ document, displayName: 'Asha Secret', photoId: null });
    for (const [nth, document] of documents.entries()) {
      if (nth % 2 === 0) generation.remove(document.personId);
      else generation.put({ document: { ...document, active: false }, displayName: 'Asha Secret', photoId: null });
    }
    for (const { personId } of documents) generation.remove(personId);
    expect(JSON.stringify(generation)).not.toContain('Asha Secret');
  });
});
