import type { EventDefinition } from '@muster/contracts/kernel/event';
import type { Route } from '@muster/contracts/kernel/route';
import { sql } from 'kysely';
import type { Database } from '../../database/database';
import type { AnyExample } from './contract-world';
import type { Extreme } from './extremes';
import { completed, pointerOf, shapeOf, spotsOf, withValue, type JsonShape, type Path, type Spot } from './json-shape';

/** The largest version that `If-Match` takes; see `http/handle`. */
const LARGEST_VERSION = 9_999_999_999;
const parts = ['params', 'query', 'body'] as const;

/**
 * A request for either end of each whole number that a route takes, wherever it stands. PostgreSQL refuses a number
 * that its column cannot hold, and whoever sends one must not get a failure for it.
 */
export function wholeNumberEndsOf(route: Route, example: AnyExample): Extreme[] {
  const ends = wholeNumbersIn(route, example).flatMap(({ part, path, shape }) =>
    [shape.minimum, shape.maximum].map((end) => ({
      label: `/${part}${pointerOf(path)} ${end}`,
      change: (each: AnyExample) => ({ ...each, [part]: withValue(completed(route[part], each[part] ?? {}), path, end) }),
    })),
  );
  if (!route.versioned) return ends;
  return [...ends, { label: '/headers/if-match', change: (each) => ({ ...each, ifMatch: LARGEST_VERSION }) }];
}

export function takesWholeNumbers(route: Route): boolean {
  return route.versioned === true || parts.some((part) => /"type":"integer"/.test(JSON.stringify(shapeOf(route[part]))));
}

function wholeNumbersIn(route: Route, example: AnyExample): (Spot & { part: (typeof parts)[number] })[] {
  return parts.flatMap((part) => {
    const whole = completed(route[part], example[part] ?? {});
    return spotsOf(shapeOf(route[part]), whole).filter(isWhole).map((spot) => ({ ...spot, part }));
  });
}

/** Most that the whole-number columns of each name hold; the narrowest where several tables have one of the name. */
export async function columnBounds(database: Database): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ name: string; bytes: number }>`
    select a.attname::text as name, min(case replace(format_type(a.atttypid, null), '[]', '') when 'smallint' then 2 when 'integer' then 4 else 8 end) as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = 'public' and c.relkind in ('r', 'p')
      and replace(format_type(a.atttypid, null), '[]', '') in ('smallint', 'integer', 'bigint')
    group by a.attname`.execute(database.query());
  return new Map(rows.map(({ name, bytes }) => [name, 2 ** (8 * bytes - 1) - 1]));
}

/** Whole numbers of a request that may be larger than the column that has their name. */
export function tooWideIn(route: Route, bounds: ReadonlyMap<string, number>): string[] {
  return parts.flatMap((part) => tooWide(`/${part}`, shapeOf(route[part]), bounds));
}

/** The same of events: whoever hears of a number may keep it. */
export function tooWideInEvents(events: readonly EventDefinition[], bounds: ReadonlyMap<string, number>): string[] {
  return events.flatMap(({ type, data }) => tooWide(type, shapeOf(data), bounds));
}

function tooWide(name: string, shape: JsonShape, bounds: ReadonlyMap<string, number>): string[] {
  return everySpotOf(shape)
    .filter(isWhole)
    .filter(({ path, shape: { maximum = Infinity } }) => maximum > Math.min(...columnsOf(path).map((column) => bounds.get(column) ?? Infinity)))
    .map(({ path, shape: { maximum } }) => `${name}${pointerOf(path)} may be ${maximum}, more than its column holds`);
}

/** A field is kept in the column of its name, or of its parent's and its own: `pay.amount` in `pay_amount`. */
function columnsOf(path: Path): string[] {
  const [parent, own] = path.filter((key) => typeof key === 'string').slice(-2).map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  if (own === undefined) return [parent ?? ''];
  return [own, `${parent}_${own}`];
}

function isWhole({ shape }: Pick<Spot, 'shape'>): boolean {
  return shape.type === 'integer';
}

/** Every place that the shape knows, whatever a value has. */
function everySpotOf(shape: JsonShape, path: Path = []): Pick<Spot, 'path' | 'shape'>[] {
  const within = [
    ...Object.entries(shape.properties ?? {}).map(([name, next]) => [name, next] as const),
    ...(shape.items ? [[0, shape.items] as const] : []),
  ];
  const branches = [...(shape.anyOf ?? []), ...(shape.allOf ?? [])].flatMap((branch) => everySpotOf(branch, path));
  return [{ path, shape }, ...branches, ...within.flatMap(([key, next]) => everySpotOf(next, [...path, key]))];
}
