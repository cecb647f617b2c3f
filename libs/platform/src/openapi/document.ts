import { problem, type ErrorDefinition } from '@muster/contracts/kernel/problem';
import { noContent, type Route } from '@muster/contracts/kernel/route';
import { z } from 'zod';
import { declaredErrors } from '../errors/declared-errors';
import { idempotencyKeyForm, versionForm } from '../http/header-forms';

type Json = Record<string, unknown>;

/** OpenAPI 3.1 of a service's public routes, from its contracts alone. */
export function openApiDocument(service: string, routes: readonly Route[], publicOrigin: string): Json {
  const paths: Record<string, Json> = {};
  const shown = routes.filter(({ access }) => access.kind !== 'service').sort((a, b) => a.path.localeCompare(b.path));
  for (const route of shown) {
    const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: `Muster ${service}`, version: '1', license: { name: 'Proprietary', identifier: 'LicenseRef-Muster' } },
    servers: [{ url: publicOrigin }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operationOf(route: Route): Json {
  const { access } = route;
  const roles = access.kind === 'person' && access.roles.length > 0 ? ` Roles: ${access.roles.join(', ')}.` : '';
  return {
    operationId: route.id,
    summary: route.summary,
    description: `Rate class: ${route.rate}.${roles}`,
    tags: [route.path.split('/')[4] ?? 'other'],
    security: access.kind === 'public' ? [] : [{ accessToken: [] }],
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query'), ...headersOf(route)],
    ...(route.method !== 'GET' && {
      // If an empty object is valid, a missing body is valid as well, because the platform reads one as the other.
      requestBody: { required: !route.body.safeParse({}).success, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } },
    }),
    responses: { [route.status]: answerOf(route), ...problemsOf(route) },
  };
}

function answerOf(route: Route): Json {
  if (route.response === noContent) return { description: 'Done' };
  return { description: 'Success', content: { 'application/json': { schema: schemaOf(route.response, 'output') } } };
}

/** The codes that a route may answer, one entry per status. */
function problemsOf(route: Route): Json {
  const byStatus = new Map<number, ErrorDefinition[]>();
  for (const error of declaredErrors(route)) {
    byStatus.set(error.status, [...(byStatus.get(error.status) ?? []), error]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, errors]) => [
      status,
      {
        description: errors.map(({ code, title }) => `\`${code}\`: ${title}`).join('\n\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function headersOf(route: Route): Json[] {
  const header = (name: string, description: string, required: boolean, form: RegExp): Json => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string', pattern: form.source },
  });
  return [
    ...(route.idempotent ? [header('Idempotency-Key', 'The same key with the same body gets the same answer for 24 h', false, idempotencyKeyForm)] : []),
    ...(route.versioned ? [header('If-Match', 'The version that was seen', true, versionForm)] : []),
  ];
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    // Data classes are for redaction and erasure, and nobody else's business.
    override: ({ jsonSchema }) => void delete jsonSchema['dataClass'],
  }) as Json;
  return rest;
}
