import type { Spot } from './json-shape';
import { ABSENT } from './json-shape';

/**
 * A value for one place.
 *
 * `always`: no contract of ours may take it there, however its schema is written: a schema that was loosened is
 * noticed. Otherwise the declared schema judges it.
 */
export interface BadValue {
  readonly label: string;
  readonly value: unknown;
  readonly always: boolean;
  /** The place to which the problem points, below the place of the value. */
  readonly below?: readonly (string | number)[];
}

/** JSON has no way to say it through JSON.stringify; see `jsonText`. */
export const BEYOND_NUMBERS = '\u0001beyond the numbers\u0001';

export function jsonText(body: unknown): string {
  return JSON.stringify(body).replaceAll(JSON.stringify(BEYOND_NUMBERS), '1e400');
}

const always = (label: string, value: unknown, below?: BadValue['below']): BadValue => ({ label, value, always: true, ...(below && { below }) });
const maybe = (label: string, value: unknown): BadValue => ({ label, value, always: false });

/** Bytes of one value that is far too long for anything and still within the limit of a body. */
const FAR_TOO_LONG = 50_000;

export function badValuesOf(spot: Spot, isRequired: boolean): BadValue[] {
  const missing = isRequired ? [always('missing', ABSENT)] : [];
  return [...missing, ...wrongTypes(spot), ...ofType(spot)];
}

function wrongTypes({ shape, nullable }: Spot): BadValue[] {
  const values: [type: string, value: unknown][] = [
    ['string', 'text'], ['number', 7], ['boolean', true], ['array', []], ['array', [[]]], ['object', {}],
    ['object', { $gt: '' }], ['null', null], ['array', deep(200)],
  ];
  const own = shape.type === 'integer' ? 'number' : shape.type;
  return values
    .filter(([type]) => type !== own && !(type === 'null' && nullable) && own !== undefined)
    .map(([type, value]) => always(`${type} for ${own}`, value));
}

function deep(levels: number): unknown {
  let nested: unknown = [];
  for (let level = 0; level < levels; level += 1) nested = [nested];
  return nested;
}

function ofType(spot: Spot): BadValue[] {
  switch (spot.shape.type) {
    case 'string':
      return badStrings(spot);
    case 'integer':
    case 'number':
      return badNumbers(spot);
    case 'array':
      return badLists(spot);
    case 'object':
      return extraKeys;
    default:
      return [];
  }
}

function badStrings({ shape, value }: Spot): BadValue[] {
  const text = typeof value === 'string' && value !== '' ? value : 'a';
  const all = [
    always('NUL', `${text}\u0000`),
    always('only NUL', '\u0000'),
    always('lone high surrogate', `${text}\ud83d`),
    always('lone low surrogate', `\ude00${text}`),
    always('surrogates the wrong way round', `${text}\ude00\ud83d`),
    always('control character', `${text}\u0007`),
    always('far too long', 'a'.repeat(FAR_TOO_LONG)),
    always('empty', ''),
    maybe('blank', ' \t\u00a0\u3000'),
    maybe('nothing to see', '\u200b\u2060\ufeff\u3164'),
    maybe('an override of direction', `${text}\u202e${text}`),
    maybe('a direction that does not end', `${text}\u2067`),
    maybe('two lines', `${text}\r\nX-Injected: 1`),
    maybe('line separator', `${text}\u2028${text}`),
  ];
  if (shape.maxLength !== undefined) all.push(always('one too long', 'a'.repeat(shape.maxLength + 1)));
  if ((shape.minLength ?? 0) > 1) all.push(always('one too short', 'a'.repeat((shape.minLength ?? 0) - 1)));
  const ruled = shape.format ?? shape.pattern ?? shape.allOf ?? shape.enum ?? shape.const;
  if (ruled === undefined) return all;
  return [
    ...all,
    always('not of the form', 'not <one> of them!'),
    maybe('other case', text.toUpperCase() === text ? text.toLowerCase() : text.toUpperCase()),
    maybe('space behind', `${text} `),
    maybe('space before', ` ${text}`),
    maybe('line break behind', `${text}\n`),
    maybe('written in full width', text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))),
    maybe('SQL behind', `${text}' or 1=1--`),
    maybe('a day that is none', '2026-02-30'),
    maybe('another UUID', '00000000-0000-4000-8000-000000000000'),
  ];
}

function badNumbers({ shape }: Spot): BadValue[] {
  const all = [always('beyond the numbers', BEYOND_NUMBERS), always('huge', 1e21), always('far below', -1e21), always('digits as text', '1')];
  if (shape.type === 'integer') all.push(always('half', 0.5), always('unsafe', 9_007_199_254_740_993));
  if (shape.minimum !== undefined) all.push(always('one too small', shape.minimum - 1));
  if (shape.maximum !== undefined && shape.maximum < 1e15) all.push(always('one too large', shape.maximum + 1));
  return all;
}

function badLists({ shape, value }: Spot): BadValue[] {
  const item: unknown = Array.isArray(value) ? value[0] : undefined;
  const all: BadValue[] = [];
  if ((shape.minItems ?? 0) > 0) all.push(always('empty list', []));
  if (item === undefined) return all;
  const most = Math.floor(FAR_TOO_LONG / (JSON.stringify(item).length + 1));
  all.push(always('far too many', Array(most).fill(item)));
  const { maxItems } = shape;
  if (maxItems !== undefined && maxItems < most) all.push(always('one too many', Array(maxItems + 1).fill(item)));
  return [...all, always('hole in the list', [item, null], [1])];
}

/** Added by `withExtra`: the value is what stands under the key. */
export interface ExtraKey extends BadValue {
  readonly key: string;
}
const extra = (key: string, value: unknown): ExtraKey => ({ ...always(`undeclared ${key}`, value, [key]), key });

const extraKeys: ExtraKey[] = [
  extra('undeclared', 1),
  extra('isAdmin', true),
  extra('personId', '01900000-0000-7000-8000-000000000001'),
  extra('roles', ['admin']),
  extra('constructor', 1),
  extra('toString', 'x'),
  extra('hasOwnProperty', null),
  extra('a/b~c', 1),
  extra('', 1),
];

export function isExtraKey(bad: BadValue): bad is ExtraKey {
  return 'key' in bad;
}
