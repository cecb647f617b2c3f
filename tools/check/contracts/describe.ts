import { events, routes, commonRoutes } from '@muster/contracts/catalogue';
import { z } from 'zod';
import type { Schema } from './accepts.rules';

export interface DescribedRoute {
  readonly method: string;
  readonly path: string;
  readonly access: string;
  readonly status: number;
  readonly params: Schema;
  readonly query: Schema;
  readonly body: Schema;
  readonly response: Schema;
}

/** What others rely on, as plain JSON: the record of a release, and what the next one is held against. */
export interface Described {
  readonly routes: Readonly<Record<string, DescribedRoute>>;
  readonly events: Readonly<Record<string, Schema>>;
}

const schemaOf = (type: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return schema as Schema;
};

export function describeContracts(): Described {
  const all = [...Object.values(routes).flat(), ...commonRoutes];
  return {
    routes: Object.fromEntries(
      all.map((route) => [
        route.id,
        {
          method: route.method,
          path: route.path,
          access: JSON.stringify(route.access),
          status: route.status,
          params: schemaOf(route.params, 'input'),
          query: schemaOf(route.query, 'input'),
          body: schemaOf(route.body, 'input'),
          response: schemaOf(route.response, 'output'),
        },
      ]),
    ),
    events: Object.fromEntries(Object.values(events).flat().map((event) => [event.type, schemaOf(event.data, 'output')])),
  };
}
