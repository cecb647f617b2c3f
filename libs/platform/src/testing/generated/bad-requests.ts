import { platformErrors } from '@muster/contracts/kernel/problem';
import type { Route } from '@muster/contracts/kernel/route';
import fc from 'fast-check';
import { addressOf } from '../../internal/internal-client';
import type { AnyExample } from './contract-world';
import { completed, pointerOf, shapeOf, spotsOf, withValue, type Path, type Spot } from './json-shape';
import { badValuesOf, isExtraKey, jsonText, type BadValue } from './refused-values';

/** Requests are the same in every run. */
const SEED = 20_260_516;
const RANDOM_VALUES = 40;
/** The most columns tested in one list, so that the answer names each fault. */
const COLUMNS_AT_ONCE = 40;

/** A request that is wrong in one way. */
export interface BadRequest {
  readonly label: string;
  readonly address: string;
  /** Undefined: none is sent. */
  readonly body: string | Buffer | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Any of these is right; empty where the schema takes it: then anything declared is. */
  readonly codes: readonly string[];
  /** The pointers of the faulty fields; an `invalid_request` has to name each. */
  readonly pointers: readonly string[];
}

const { invalidRequest, unreadableBody, notFound, bodyTooLarge, unsupportedMediaType, versionRequired } = platformErrors;
const json = 'application/json';

/** Every bad request to a route, made of its schemas and its example. */
export function badRequestsTo(route: Route, example: AnyExample, columns: readonly string[]): BadRequest[] {
  const make = new BadRequests(route, example);
  return [...make.bodies(), ...make.columns(columns), ...make.rawBodies(), ...make.wire('params'), ...make.wire('query'), ...make.headers()];
}

class BadRequests {
  private readonly good: { params: unknown; query: unknown; body: unknown };

  constructor(
    private readonly route: Route,
    private readonly example: AnyExample,
  ) {
    const { params = {}, query = {}, body = {} } = example;
    this.good = { params, query, body: completed(route.body, body) };
  }

  bodies(): BadRequest[] {
    if (this.route.method === 'GET') return [];
    const spots = spotsOf(shapeOf(this.route.body), this.good.body);
    const systematic = spots.flatMap((spot) => badValuesOf(spot, isRequired(spot, spots)).map((bad) => ({ spot, bad })));
    const random = this.randomValues(spots);
    return [...systematic, ...random].flatMap(({ spot, bad }) => {
      const changed = withValue(this.good.body, spot.path, isExtraKey(bad) ? withKey(spot.value, bad) : bad.value);
      if (!bad.always && this.route.body.safeParse(changed).success) return [];
      const pointer = `/body${pointerOf([...spot.path, ...(bad.below ?? [])])}`;
      return [this.invalid(`${pointer} ${bad.label}`, { body: jsonText(changed), pointers: [pointer] })];
    });
  }

  /** Mass assignment: every column of every table, offered in snake and in camel case. */
  columns(columns: readonly string[]): BadRequest[] {
    if (this.route.method === 'GET') return [];
    const declared = Object.keys(shapeOf(this.route.body).properties ?? {});
    const names = [...new Set(columns.flatMap((name) => [name, name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())]))];
    const offered = names.filter((name) => !declared.includes(name));
    return Array.from({ length: Math.ceil(offered.length / COLUMNS_AT_ONCE) }, (_, at) => {
      const some = offered.slice(at * COLUMNS_AT_ONCE, (at + 1) * COLUMNS_AT_ONCE);
      const body = { ...(this.good.body as object), ...Object.fromEntries(some.map((name) => [name, 1])) };
      return this.invalid(`columns ${some[0]} …`, { body: jsonText(body), pointers: some.map((name) => `/body/${name}`) });
    });
  }

  rawBodies(): BadRequest[] {
    if (this.route.method === 'GET') return [];
    const good = jsonText(this.good.body);
    const inside = good === '{}' ? '' : `,${good.slice(1, -1)}`;
    const unreadable = (label: string, body: string): BadRequest => this.request(label, { body, codes: [unreadableBody.code] });
    const type = (contentType: string | undefined): BadRequest =>
      this.request(`sent as ${contentType}`, { body: good, headers: { 'content-type': contentType }, codes: [unsupportedMediaType.code] });
    return [
      ...['{', '{"a":1,}', "{'a':1}", 'undefined', 'NaN', '{"a":1}}', '\u0000', '{"a":"\u0000"}', '{"a":"\\ud8"}'].map((body) => unreadable(`broken JSON ${body}`, body)),
      unreadable('a key twice', `{"a":1,"\\u0061":1${inside}}`),
      this.request('bytes that are no UTF-8', { body: Buffer.from(good.replace(/^\{/, '{"caf\u00e9":1,').replace(',}', '}'), 'latin1'), codes: [unreadableBody.code] }),
      this.request('sent compressed', { body: good, headers: { 'content-encoding': 'gzip' }, codes: [unsupportedMediaType.code] }),
      unreadable('a poisoned prototype', `{"__proto__":{"isAdmin":true}${inside}}`),
      unreadable('a poisoned prototype, escaped', `{"\\u005f_proto__":{"isAdmin":true}${inside}}`),
      unreadable('a poisoned constructor', `{"constructor":{"prototype":{"isAdmin":true}}${inside}}`),
      this.invalid('nested without end', { body: '['.repeat(20_000) + ']'.repeat(20_000), pointers: ['/body'] }),
      this.request('objects nested without end', { body: '{"a":'.repeat(8_000) + '1' + '}'.repeat(8_000), codes: [invalidRequest.code, unreadableBody.code] }),
      this.request('too large', { body: `${good}${' '.repeat(5_000_000)}`, codes: [bodyTooLarge.code] }),
      ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/jsonp', undefined].map(type),
    ];
  }

  /** Path parameters and queries: text, of whatever type their schema makes of it. */
  wire(part: 'params' | 'query'): BadRequest[] {
    const schema = this.route[part];
    const { properties = {}, required = [] } = shapeOf(schema);
    const good = this.good[part] as Record<string, unknown>;
    return Object.entries(properties).flatMap(([name, shape]) => {
      const refused = (label: string, value: unknown): BadRequest[] => {
        const changed = { ...good, [name]: value };
        const taken = schema.safeParse(changed).success;
        // If the value is accepted, reading must not fail; writing it would be no test of bad input.
        if (taken) return this.route.method === 'GET' ? [this.request(`${part} ${name} ${label}`, { [part]: changed })] : [];
        const pointers = [`/${part}/${name}`];
        const codes = part === 'params' ? [invalidRequest.code, notFound.code] : [invalidRequest.code];
        return [this.request(`${part} ${name} ${label}`, { [part]: changed, codes, pointers })];
      };
      const texts = badValuesOf({ path: [], shape, nullable: false, value: good[name] }, false).filter(({ value }) => typeof value === 'string');
      const unsafe = texts.filter(({ value, label }) => !/\p{Surrogate}/u.test(value as string) && !label.startsWith('far'));
      const numbers = ['abc', '1.5', '-1', '1e400', '99999999999999999999', ' ', '0', '1001'];
      const values = [...unsafe.map(({ label, value }) => refused(label, value)), ...numbers.map((value) => refused(value, value))].flat();
      if (part === 'params') return values;
      const twice = refused('twice', [good[name] ?? 'a', good[name] ?? 'a']);
      return [...values, ...twice, ...(required.includes(name) ? refused('missing', undefined) : [])];
    });
  }

  headers(): BadRequest[] {
    const wrong = (name: string, value: string): BadRequest =>
      this.invalid(`${name}: ${value.slice(0, 40)}`, { headers: { [name]: value }, pointers: [`/headers/${name}`] });
    const versions = ['*', '"0"', '-1', 'abc', '1e3', '"99999999999"', '1.5', '"1", "2"', 'W/"1"'];
    const keys = ['a b', 'x'.repeat(129), 'é'];
    return [
      ...(this.route.versioned ? versions.map((value) => wrong('if-match', value)) : []),
      ...(this.route.versioned ? [this.request('without a version', { headers: { 'if-match': undefined }, codes: [versionRequired.code] })] : []),
      ...(this.route.idempotent ? keys.map((value) => wrong('idempotency-key', value)) : []),
    ];
  }

  private randomValues(spots: readonly Spot[]): { spot: Spot; bad: BadValue }[] {
    const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary', maxLength: 60 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
    return fc
      .sample(fc.tuple(fc.nat(spots.length - 1), anything), { seed: SEED, numRuns: RANDOM_VALUES })
      .flatMap(([at, value]) => {
        const spot = spots[at];
        // An object that is wrong further down points there; the systematic values are about that.
        const whole = value !== null && typeof value === 'object';
        return spot && !whole ? [{ spot, bad: { label: `random ${JSON.stringify(value)}`, value, always: false } }] : [];
      });
  }

  private invalid(label: string, parts: Parameters<BadRequests['request']>[1] & { pointers: readonly string[] }): BadRequest {
    return this.request(label, { codes: [invalidRequest.code], ...parts });
  }

  private request(
    label: string,
    parts: Partial<Pick<BadRequest, 'body' | 'headers' | 'pointers' | 'codes'>> & { params?: unknown; query?: unknown },
  ): BadRequest {
    const { params = this.good.params, query = this.good.query } = parts;
    const sendsBody = this.route.method !== 'GET';
    const version = this.example.ifMatch === undefined ? {} : { 'if-match': `"${this.example.ifMatch}"` };
    return {
      label,
      address: addressOf(this.route, params, query),
      body: sendsBody ? (parts.body ?? jsonText(this.good.body)) : undefined,
      headers: { ...this.example.headers, ...version, ...(sendsBody && { 'content-type': json }), ...parts.headers },
      codes: parts.codes ?? [],
      pointers: parts.pointers ?? [],
    };
  }
}

function withKey(value: unknown, bad: { key: string; value: unknown }): unknown {
  return Object.fromEntries([...Object.entries((value ?? {}) as object), [bad.key, bad.value]]);
}

function isRequired({ path }: Spot, spots: readonly Spot[]): boolean {
  const key = path.at(-1);
  const parent = spots.find((spot) => samePath(spot.path, path.slice(0, -1)));
  return typeof key === 'string' && (parent?.shape.required?.includes(key) ?? false);
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((key, at) => key === b[at]);
}
