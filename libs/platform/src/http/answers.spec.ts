import { describe, expect, it } from '@jest/globals';
import { access } from '@muster/contracts/kernel/access';
import { int } from '@muster/contracts/kernel/integer';
import { route } from '@muster/contracts/kernel/route';
import { z } from 'zod';
import { lazySerializer } from './answers';

function serialize(response: z.ZodType, value: unknown): unknown {
  const serializer = lazySerializer(
    route({
      id: 'user.x',
      summary: '',
      method: 'GET',
      path: '/x',
      response,
      access: access.public,
      rate: 'read',
      example: async (_world: unknown) => ({}),
    }),
  );
  return JSON.parse(serializer(value));
}

describe('the serializer of a contract', () => {
  const cat = z.object({ kind: z.literal('cat'), lives: int() });
  const dog = z.object({ kind: z.literal('dog'), name: z.string() });

  it('leaves out undeclared fields at every depth', () => {
    const response = z.object({ a: z.string(), list: z.array(z.object({ b: int() })) });
    expect(serialize(response, { a: 'x', secret: 1, list: [{ b: 1, secret: 2 }] })).toEqual({ a: 'x', list: [{ b: 1 }] });
  });

  it('leaves them out inside a union and a nullable instead of failing', () => {
    const response = z.object({ pet: z.union([cat, dog]), owner: z.object({ id: z.string() }).nullable() });
    const value = { pet: { kind: 'dog', name: 'Rex', secret: 1 }, owner: { id: 'o', secret: 1 } };
    expect(serialize(response, value)).toEqual({ pet: { kind: 'dog', name: 'Rex' }, owner: { id: 'o' } });
    expect(serialize(response, { ...value, owner: null })).toMatchObject({ owner: null });
  });

  it('tells the members of a discriminated union apart', () => {
    const response = z.object({ pets: z.array(z.discriminatedUnion('kind', [cat, dog])) });
    const pets = [{ kind: 'cat', lives: 9 }, { kind: 'dog', name: 'Rex' }];
    expect(serialize(response, { pets })).toEqual({ pets });
  });

  it('writes records, unknowns, optionals and nested lists as they are', () => {
    const response = z.object({ by: z.record(z.string(), int()), any: z.unknown(), maybe: z.string().optional(), grid: z.array(z.array(z.number())) });
    const value = { by: { a: 1 }, any: { deep: [1, { x: null }] }, grid: [[1.5], []] };
    expect(serialize(response, value)).toEqual(value);
  });

  it('writes hostile text byte for byte', () => {
    const text = '"</script>\u2028\\ \u0001 नागपुर 😀 \' ; drop table';
    expect(serialize(z.object({ text: z.string() }), { text })).toEqual({ text });
  });
});
