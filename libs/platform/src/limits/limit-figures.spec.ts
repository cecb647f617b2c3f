import { expect, it } from '@jest/globals';
import { limitFigures } from './limit-figures';

const read = (value?: string) => limitFigures.parse(value);

it('are those of the contract where nothing is said', () => {
  expect(read().get('invites_per_day')).toEqual({ most: 30, mostWhenNew: 5 });
  expect(read('').get('open_places')).toEqual({ most: null, mostWhenNew: 10 });
});

it('can be changed one by one, for everybody or apart for new accounts', () => {
  const figures = read('invites_per_day=7/2, searches_per_minute = 9');
  expect(figures.get('invites_per_day')).toEqual({ most: 7, mostWhenNew: 2 });
  expect(figures.get('searches_per_minute')).toEqual({ most: 9, mostWhenNew: 9 });
  expect(figures.get('jobs_per_day')).toEqual({ most: 10, mostWhenNew: 10 });
});

it('can all be lifted', () => {
  expect([...read('none').values()].every(({ most, mostWhenNew }) => most === null && mostWhenNew === null)).toBe(true);
});

it.each(['everything=1', 'invites_per_day', 'invites_per_day=-1', 'codes_per_day=100'])('refuse "%s"', (value) => {
  expect(limitFigures.safeParse(value).error?.message).toContain('name of searches_per_minute');
});
