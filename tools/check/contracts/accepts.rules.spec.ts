import { describe, expect, it } from '@jest/globals';
import { int } from '@muster/contracts/kernel/integer';
import { z } from 'zod';
import { refusals, type Schema } from './accepts.rules';

const schema = (type: z.ZodType) => z.toJSONSchema(type, { io: 'input' });
const refused = (wide: z.ZodType, narrow: z.ZodType, lenient = false) => refusals(schema(wide) as Schema, schema(narrow) as Schema, lenient);

describe('a body that was taken before', () => {
  const before = z.strictObject({ name: z.string().max(80), count: int().optional() });

  it('is still taken when a field became optional, longer, or was added as optional', () => {
    const after = z.strictObject({ name: z.string().max(100).optional(), count: int().optional(), note: z.string().optional() });
    expect(refused(after, before)).toEqual([]);
  });

  it.each([
    ['a field is now required', z.strictObject({ name: z.string().max(80), count: int() })],
    ['a field is gone', z.strictObject({ name: z.string().max(80) })],
    ['a text must be shorter', z.strictObject({ name: z.string().max(40), count: int().optional() })],
    ['a type is another', z.strictObject({ name: int(), count: int().optional() })],
    ['a pattern appears', z.strictObject({ name: z.string().max(80).regex(/^a/), count: int().optional() })],
  ])('is refused when %s', (_, after) => {
    expect(refused(after, before)).not.toEqual([]);
  });

  it('is refused when one of its values is', () => {
    expect(refused(z.enum(['a', 'b']), z.enum(['a', 'b', 'c']))).toEqual([': "c" is not taken']);
    expect(refused(z.enum(['a', 'b', 'c']), z.enum(['a', 'b']))).toEqual([]);
  });
});

describe('an answer', () => {
  it('may gain a field, and may not lose one or make it null', () => {
    const before = z.object({ id: z.string() });
    expect(refused(before, z.object({ id: z.string(), more: z.string() }), true)).toEqual([]);
    expect(refused(before, z.object({ more: z.string() }), true)).toEqual(['.id: is required and may be missing']);
    expect(refused(before, z.object({ id: z.string().nullable() }), true)).not.toEqual([]);
  });
});
