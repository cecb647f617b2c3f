/** The part of JSON Schema that zod writes for the contracts. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Keywords by which a schema refuses numbers above, and below, their value. */
const ceilings = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'];
const floors = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'];
const exact = ['pattern', 'format', 'multipleOf'];

/**
 * Why a value that satisfies `narrow` may not satisfy `wide`; empty when each does.
 *
 * @param readsUnknownFields readers of answers and events ignore fields they do not know; a strict body refuses them
 */
export function refusals(wide: Schema, narrow: Schema, readsUnknownFields: boolean, at = ''): string[] {
  const narrows = narrow.anyOf ?? narrow.oneOf;
  if (narrows) return narrows.flatMap((one, index) => refusals(wide, one, readsUnknownFields, `${at}|${index}`));
  const wides = wide.anyOf ?? wide.oneOf;
  if (wides) {
    const each = wides.map((one) => refusals(one, narrow, readsUnknownFields, at));
    return each.some((found) => found.length === 0) ? [] : [`${at}: no alternative accepts it any more`];
  }
  return [
    ...kinds(wide, narrow, at),
    ...bounds(wide, narrow, at),
    ...fields(wide, narrow, readsUnknownFields, at),
    ...(wide.items && narrow.items ? refusals(wide.items, narrow.items, readsUnknownFields, `${at}[]`) : []),
  ];
}

function kinds(wide: Schema, narrow: Schema, at: string): string[] {
  const taken = typesOf(wide);
  const refused = typesOf(narrow).filter((type) => !taken.includes(type) && !(type === 'integer' && taken.includes('number')));
  if (taken.length > 0 && (refused.length > 0 || typesOf(narrow).length === 0)) {
    return [`${at}: ${refused.join() || 'anything'} where ${taken.join()} is taken`];
  }
  const allowed = valuesOf(wide);
  if (!allowed) return [];
  const given = valuesOf(narrow);
  if (!given) return [`${at}: any value where only ${allowed.join(', ')} is taken`];
  return given.filter((value) => !allowed.includes(value)).map((value) => `${at}: ${JSON.stringify(value)} is not taken`);
}

function typesOf({ type }: Schema): readonly string[] {
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : type;
}

function valuesOf(schema: Schema): readonly unknown[] | undefined {
  return schema.enum ?? ('const' in schema ? [schema.const] : undefined);
}

function bounds(wide: Schema, narrow: Schema, at: string): string[] {
  const looser = (keyword: string, sign: 1 | -1) => {
    const most = wide[keyword];
    const given = narrow[keyword];
    return typeof most === 'number' && !(typeof given === 'number' && sign * given <= sign * most);
  };
  return [
    ...ceilings.filter((keyword) => looser(keyword, 1)),
    ...floors.filter((keyword) => looser(keyword, -1)),
    ...exact.filter((keyword) => wide[keyword] !== undefined && wide[keyword] !== narrow[keyword]),
  ].map((keyword) => `${at}: ${keyword} ${String(narrow[keyword])} where ${String(wide[keyword])} is taken`);
}

function fields(wide: Schema, narrow: Schema, readsUnknownFields: boolean, at: string): string[] {
  const known = wide.properties ?? {};
  const given = narrow.properties ?? {};
  const missing = (wide.required ?? [])
    .filter((name) => !(narrow.required ?? []).includes(name))
    .map((name) => `${at}.${name}: is required and may be missing`);
  const unknown = readsUnknownFields || wide.additionalProperties !== false ? [] : Object.keys(given).filter((name) => !known[name]);
  const inside = Object.entries(given).flatMap(([name, schema]) =>
    known[name] ? refusals(known[name], schema, readsUnknownFields, `${at}.${name}`) : [],
  );
  return [...missing, ...unknown.map((name) => `${at}.${name}: is no longer taken`), ...inside];
}
