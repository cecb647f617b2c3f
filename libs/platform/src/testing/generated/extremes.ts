import type { Route } from '@muster/contracts/kernel/route';
import type { AnyExample } from './contract-world';
import { completed, hasFields, isFreeText, pointerOf, shapeOf, spotsOf, withValue, type JsonShape } from './json-shape';

export interface Extreme {
  readonly label: string;
  readonly change: (example: AnyExample) => AnyExample;
}

/**
 * The ends of what a body's fields may be. Not of routes that credentials are checked by: there a value that the
 * schema takes is a guess, and guesses are counted.
 */
export function extremesOf(route: Route, { body = {} }: AnyExample): Extreme[] {
  if (!hasExtremes(route)) return [];
  const whole = completed(route.body, body);
  return spotsOf(shapeOf(route.body), whole).flatMap(({ path, shape, nullable }) =>
    [...endsOf(shape), ...(nullable ? [null] : [])]
      .filter((value) => route.body.safeParse(withValue(whole, path, value)).success)
      .map((value) => ({
        label: `/body${pointerOf(path)} ${JSON.stringify(value)?.slice(0, 40)}`,
        change: (example) => ({ ...example, body: withValue(completed(route.body, example.body ?? {}), path, value) }),
      })),
  );
}

export function hasExtremes(route: Route): boolean {
  return route.method !== 'GET' && route.rate !== 'credential' && route.rate !== 'refresh' && hasFields(shapeOf(route.body));
}

function endsOf(shape: JsonShape): unknown[] {
  if (shape.type === 'integer' || shape.type === 'number') return [shape.minimum, shape.maximum, 2_147_483_648].filter((end) => end !== undefined);
  if (isFreeText(shape) && shape.maxLength !== undefined) return ['x'.repeat(shape.maxLength), '\u{1F477}'.repeat(Math.floor(shape.maxLength / 2))];
  if (shape.type === 'boolean') return [true, false];
  if (shape.type === 'array') return [[]];
  return shape.enum ? [...shape.enum] : [];
}
