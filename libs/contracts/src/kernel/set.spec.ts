import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { commonRoutes, routes } from '../catalogue';
import { setOf } from './set';

const channels = setOf(z.enum(['inbox', 'push', 'email']), { max: 3 });

describe('a set', () => {
  it('keeps each once, in the order of the first', () => {
    expect(channels.parse(['push', 'inbox', 'push'])).toEqual(['push', 'inbox']);
    expect(setOf(z.int().brand<'Weekday'>(), { max: 7 }).parse([3, 3, 1])).toEqual([3, 1]); // eslint-disable-line no-restricted-syntax -- no column is behind it
  });

  it('counts what was sent', () => {
    expect(channels.safeParse(['push', 'push', 'push', 'push']).success).toBe(false);
  });

  it('is a list to whoever reads the schema', () => {
    expect(z.toJSONSchema(channels)).toMatchObject({ type: 'array', maxItems: 3, items: { enum: ['inbox', 'push', 'email'] } });
  });

  /** Days of a job or a search: one that comes twice is a slip, which their rule names. */
  const refusedTwice = /^matching\.\S+ (\/lines\/\*)?\/days$/;

  it('is every list of texts or numbers that a body holds', () => {
    const lists = [...Object.values(routes).flat(), ...commonRoutes].flatMap((route) => listsIn(route.body).map((list) => ({ ...list, name: `${route.id} ${list.path}` })));
    expect(lists.length).toBeGreaterThan(4);
    expect(lists.filter(({ name, isSet }) => !isSet && !refusedTwice.test(name)).map(({ name }) => name)).toEqual([]);
  });
});

interface Found {
  readonly path: string;
  readonly isSet: boolean;
}

function listsIn(schema: z.core.$ZodType, path = ''): Found[] {
  const { def } = schema._zod;
  const inner = (def as { innerType?: z.core.$ZodType }).innerType;
  if (inner) return listsIn(inner, path);
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape).flatMap(([name, next]) => listsIn(next as z.core.$ZodType, `${path}/${name}`));
  if (!(schema instanceof z.ZodArray)) return [];
  if (schema.element instanceof z.ZodObject) return listsIn(schema.element, `${path}/*`);
  const checks = (def.checks ?? []).map(({ _zod }) => _zod.def.check);
  return [{ path, isSet: checks.includes('overwrite') }];
}
