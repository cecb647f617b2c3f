import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '@muster/contracts/kernel/ids';
import fc from 'fast-check';
import { PersonSlots } from './person-slots';

// Few different endings, so that ids meet in the table.
const id = fc
  .tuple(fc.constantFrom('00000000', '0190a1b2', 'ffffffff'), fc.nat(60))
  .map(([start, end]) => `${start}-0000-7000-8000-${end.toString(16).padStart(12, '0')}` as PersonId);

describe('the slots of people', () => {
  it('remembers, finds and forgets like a map, however the table collides and grows', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(id, fc.boolean()), { maxLength: 300, size: 'max' }), (steps) => {
        const slots = new PersonSlots(1);
        const known = new Map<PersonId, number>();
        for (const [personId, comes] of steps) {
          if (comes) {
            const slot = slots.claim(personId);
            expect(slot).toBe(known.get(personId) ?? slot);
            known.set(personId, slot);
          } else {
            slots.release(personId);
            known.delete(personId);
          }
        }
        expect(slots.size).toBe(known.size);
        expect(new Set(known.values()).size).toBe(known.size);
        for (const [personId] of steps) expect(slots.slotOf(personId)).toBe(known.get(personId) ?? -1);
        for (const [personId, slot] of known) expect(slots.personAt(slot)).toBe(personId);
        const sorted = [...known].sort(([, a], [, b]) => slots.compare(a, b)).map(([personId]) => personId);
        expect(sorted).toEqual([...known.keys()].sort());
      }),
    );
  });
});
