import * as z from 'zod';
import type { Route } from '../../../libs/contracts/src/kernel/route';
import { fieldsOf } from './fields';
import { typeOf, type Schema } from './type-source';

/**
 * The text of the web app's client: types, paths and field constraints, and no import, since one imported
 * `route()` would bring zod into the browser.
 */
export function clientSource(routes: readonly Route[]): string {
  return [
    '// Made by tools/generate/client.ts from the contracts. Do not edit.',
    '',
    '/** What a form needs to know of a field before the server does; `*` stands for any index. */',
    'export interface FieldRule {',
    '  required?: true;',
    '  minLength?: number;',
    '  maxLength?: number;',
    '  minimum?: number;',
    '  maximum?: number;',
    '  pattern?: string;',
    '  format?: string;',
    '}',
    '',
    'export interface Routes {',
    ...routes.map(routeType),
    '}',
    '',
    'export type RouteId = keyof Routes;',
    '',
    '/** [method, path, letters]: i = takes an Idempotency-Key, v = takes If-Match, p = needs no token, b = has a body. */',
    'export const routes: Record<RouteId, readonly [method: string, path: string, traits: string]> = {',
    ...routes.map((route) => `  '${route.id}': ['${route.method}', '${route.path}', '${traitsOf(route)}'],`),
    '};',
    '',
    ...routes.flatMap(fieldsConstant),
  ].join('\n');
}

function routeType(route: Route): string {
  const response = route.status === 204 ? 'void' : typeOf(schemaOf(route.response, 'output'), 2);
  return [
    `  /** ${route.summary} */`,
    `  '${route.id}': {`,
    `    params: ${typeOf(schemaOf(route.params, 'input'), 2)};`,
    `    query: ${typeOf(schemaOf(route.query, 'input'), 2)};`,
    `    body: ${typeOf(schemaOf(route.body, 'input'), 2)};`,
    `    response: ${response};`,
    `    errors: ${route.errors.map((error) => `'${error.code}'`).join(' | ') || 'never'};`,
    '  };',
  ].join('\n');
}

function traitsOf(route: Route): string {
  return [
    route.idempotent && 'i',
    route.versioned && 'v',
    route.access.kind === 'public' && 'p',
    route.method !== 'GET' && 'b',
  ]
    .filter(Boolean)
    .join('');
}

/** A constant for each route with a body, so that a form bundles its own rules and nothing else's. */
function fieldsConstant(route: Route): string[] {
  const fields = fieldsOf(schemaOf(route.body, 'input'));
  if (Object.keys(fields).length === 0) return [];
  const name = `${route.id.replace(/[._-](\w)/g, (_, letter: string) => letter.toUpperCase())}Fields`;
  return [
    `export const ${name}: Record<string, FieldRule> = {`,
    ...Object.entries(fields).map(([path, rule]) => `  '${path}': ${literal(rule)},`),
    '};',
    '',
  ];
}

function literal(rule: object): string {
  const entries = Object.entries(rule).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Schema {
  return z.toJSONSchema(type, { io, unrepresentable: 'any', reused: 'inline' }) as Schema;
}
