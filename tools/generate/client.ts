// The web app's typed client: types, paths and field constraints of the contracts' routes, and no import, since one imported
// `route()` would bring zod into the browser.
import * as z from 'zod';
import { routes } from '../../libs/contracts/src/catalogue';
import type { Route } from '../../libs/contracts/src/kernel/route';

type Schema = z.core.JSONSchema.BaseSchema;
const schemaOf = (type: z.ZodType, io: 'input' | 'output'): Schema => z.toJSONSchema(type, { io, unrepresentable: 'any', reused: 'inline' });

/** All routes that a browser may call, in the order of their ids, so that the file never changes by itself. */
export function publicRoutes(): Route[] {
  return Object.values(routes).flat().filter((route) => route.access.kind !== 'service').sort((a, b) => (a.id < b.id ? -1 : 1));
}

const head = `// Made by tools/generate/client.ts from the contracts. Do not edit.

/** What a form needs to know of a field before the server does; \`*\` stands for any index. */
export interface FieldRule {
  required?: true;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
}

export interface Routes {`;

const table = `}

export type RouteId = keyof Routes;

/** [method, path, letters]: i = takes an Idempotency-Key, v = takes If-Match, p = needs no token, b = has a body. */
export const routes: Record<RouteId, readonly [method: string, path: string, traits: string]> = {`;

export function generatedClient(): string {
  const all = publicRoutes();
  return [
    head, ...all.map(routeType), table, ...all.map((route) => `  '${route.id}': ['${route.method}', '${route.path}', '${traitsOf(route)}'],`), '};', '', ...all.flatMap(fieldsConstant),
  ].join('\n');
}

function routeType(route: Route): string {
  const input = (part: 'params' | 'query' | 'body') => `    ${part}: ${typeOf(schemaOf(route[part], 'input'), 2)};`;
  return [
    `  /** ${route.summary} */`,
    `  '${route.id}': {`,
    input('params'), input('query'), input('body'),
    `    response: ${route.status === 204 ? 'void' : typeOf(schemaOf(route.response, 'output'), 2)};`,
    `    errors: ${route.errors.map((error) => `'${error.code}'`).join(' | ') || 'never'};`,
    '  };',
  ].join('\n');
}

function traitsOf({ idempotent, versioned, access, method }: Route): string {
  return [idempotent && 'i', versioned && 'v', access.kind === 'public' && 'p', method !== 'GET' && 'b'].filter(Boolean).join('');
}

/** A schema as TypeScript source. Brands are lost on purpose: they live in the services, not on the wire. */
function typeOf(schema: Schema, depth: number): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value))).join(' | ');
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return [...new Set(variants.map((variant) => typeOf(variant as Schema, depth)))].join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => typeOf(part as Schema, depth)).join(' & ');
  if (schema.type === 'array') return schema.prefixItems ? `[${schema.prefixItems.map((item) => typeOf(item as Schema, depth)).join(', ')}]` : `Array<${typeOf((schema.items ?? {}) as Schema, depth)}>`;
  if (schema.type === 'object') return objectOf(schema, depth);
  return [schema.type ?? 'unknown'].flat().map((type) => (type === 'integer' ? 'number' : type)).join(' | ');
}

function objectOf({ properties = {}, additionalProperties: values, required = [] }: Schema, depth: number): string {
  const lines = Object.entries(properties).map(([name, property]) => `${'  '.repeat(depth + 1)}${/^\w+$/.test(name) ? name : `'${name}'`}${required.includes(name) ? '' : '?'}: ${typeOf(property as Schema, depth + 1)};`);
  if (lines.length > 0) return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
  return typeof values === 'object' && Object.keys(values).length > 0 ? `Record<string, ${typeOf(values, depth)}>` : 'Record<never, never>';
}

/** A constant for each route with a body, so that a form bundles its own rules and nothing else's. */
function fieldsConstant(route: Route): string[] {
  const fields = fieldsOf(schemaOf(route.body, 'input'), '', false);
  if (fields.length === 0) return [];
  const name = `${route.id.replace(/[._-](\w)/g, (_, letter: string) => letter.toUpperCase())}Fields`;
  return [`export const ${name}: Record<string, FieldRule> = {`, ...fields, '};', ''];
}

/** The constraints of every field of a body, by dotted path; `lines.*.count` is the count of any line. */
function fieldsOf(schema: Schema, path: string, required: boolean): string[] {
  const own = ((schema.anyOf ?? schema.oneOf) as Schema[] | undefined)?.find(({ type }) => type !== 'null') ?? schema;
  const items = own.items as Schema | undefined;
  return [
    ...(path === '' ? [] : [`  '${path}': ${ruleOf(own, required)},`]),
    ...Object.entries(own.properties ?? {}).flatMap(([name, property]) => fieldsOf(property as Schema, path === '' ? name : `${path}.${name}`, own.required?.includes(name) ?? false)),
    ...(items?.type === undefined ? [] : fieldsOf(items, `${path}.*`, true)),
  ];
}

function ruleOf({ minLength, maxLength, minItems, maxItems, minimum, maximum, format, pattern }: Schema, required: boolean): string {
  const limits = { minLength: minLength ?? minItems, maxLength: maxLength ?? maxItems, minimum, maximum: maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum };
  // A format says what a pattern of hundreds of letters would; the server has the last word anyway.
  const rule = { ...(required && { required }), ...limits, ...(format === undefined ? { pattern } : { format }) };
  const entries = Object.entries(rule).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
