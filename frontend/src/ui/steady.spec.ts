import { describe, expect, it } from '@jest/globals';
import { keepPlaces } from './steady';

const idOf = ({ id }: { id: string }) => id;
const of = (...ids: string[]) => ids.map((id) => ({ id, facts: 'old' }));

describe('keepPlaces', () => {
  it('leaves what is shown where it is, however the fresh list is sorted', () => {
    const fresh = of('c', 'a', 'b').map((item) => ({ ...item, facts: 'new' }));
    expect(keepPlaces(of('a', 'b', 'c'), fresh, idOf)).toEqual(of('a', 'b', 'c').map(({ id }) => ({ item: { id, facts: 'new' }, gone: false })));
  });
  it('keeps the place of what has gone, and puts what is new at the end', () => {
    expect(keepPlaces(of('a', 'b'), of('d', 'b', 'c'), idOf).map(({ item, gone }) => `${item.id}${gone ? ' gone' : ''}`)).toEqual(['a gone', 'b', 'd', 'c']);
  });
});
