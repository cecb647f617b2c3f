import { z } from 'zod';

/** The parts of a JSON schema that the generators read. */
export interface JsonShape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonShape>>;
  readonly required?: readonly string[];
  readonly items?: JsonShape;
  readonly anyOf?: readonly JsonShape[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly allOf?: readonly JsonShape[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly dataClass?: string;
}

export function shapeOf(schema: z.ZodType): JsonShape {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonShape;
}

export type Path = ReadonlyArray<string | number>;

/** One place of a value that a schema describes. */
export interface Spot {
  readonly path: Path;
  readonly shape: JsonShape;
  readonly nullable: boolean;
  /** The part of a valid value at this place; undefined if none is known. */
  readonly value: unknown;
}

/** Every place of `value`, lists by their first item, and the optional ones that it leaves out. */
export function spotsOf(given: JsonShape, value: unknown, path: Path = []): Spot[] {
  const branches = given.anyOf?.filter(({ type }) => type !== 'null');
  const shape = branches?.[0] ?? given;
  const spot: Spot = { path, shape, nullable: given.anyOf?.some(({ type }) => type === 'null') ?? false, value };
  const within = (next: JsonShape, key: string | number): Spot[] =>
    spotsOf(next, (value as Record<string | number, unknown> | null | undefined)?.[key], [...path, key]);
  const children = Object.entries(shape.properties ?? {}).flatMap(([name, next]) => within(next, name));
  const hasItem = shape.items && Array.isArray(value) && value.length > 0;
  return [spot, ...children, ...(shape.items && hasItem ? within(shape.items, 0) : [])];
}

/** Free text of a person: a string of which nothing but its length is said. */
export function isFreeText({ type, format, pattern, allOf, enum: values, const: only }: JsonShape): boolean {
  return type === 'string' && [format, pattern, allOf, values, only].every((rule) => rule === undefined);
}

/** Whether a body of the shape has fields at all. */
export function hasFields({ properties = {} }: JsonShape): boolean {
  return Object.keys(properties).length > 0;
}

/** A value of the shape where one can be told from it; a pattern tells none. */
export function sampleOf(given: JsonShape): unknown {
  const shape = given.anyOf?.find(({ type }) => type !== 'null') ?? given;
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  if (shape.type === 'integer' || shape.type === 'number') return Math.max(shape.minimum ?? 1, 0);
  if (shape.type === 'boolean') return true;
  if (shape.type === 'array') return shape.items ? [sampleOf(shape.items)] : [];
  if (shape.type === 'object') {
    return Object.fromEntries((shape.required ?? []).map((name) => [name, sampleOf(shape.properties?.[name] ?? {})]));
  }
  return isFreeText(shape) ? 'a'.repeat(Math.max(shape.minLength ?? 1, 1)) : undefined;
}

/** The example with everything optional filled in that can be, as long as the schema takes it. */
export function completed(schema: z.ZodType, value: unknown): unknown {
  const { properties } = shapeOf(schema);
  let whole = value;
  for (const [name, shape] of Object.entries(properties ?? {})) {
    if ((whole as Record<string, unknown>)[name] !== undefined) continue;
    const next = { ...(whole as object), [name]: sampleOf(shape) };
    if (schema.safeParse(next).success) whole = next;
  }
  return whole;
}

/** Takes the place of a key that is to go. */
export const ABSENT = Symbol('absent');

/** A copy with another value at `path`. */
export function withValue(whole: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(whole)) return whole.map((each: unknown, at) => (at === key ? withValue(each, rest, value) : each));
  const entries = Object.entries((whole ?? {}) as object).filter(([name]) => name !== key);
  const next = withValue((whole as Record<string, unknown> | undefined)?.[key], rest, value);
  return Object.fromEntries(next === ABSENT ? entries : [...entries, [String(key), next]]);
}

export function pointerOf(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
