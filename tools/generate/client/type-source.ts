/** The part of JSON schema that the contracts' zod becomes. */
export interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  prefixItems?: Schema[];
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
  default?: unknown;
}

/** A schema as TypeScript source. Brands are lost on purpose: they live in the services, not on the wire. */
export function typeOf(schema: Schema, depth: number): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => quoted(value)).join(' | ');
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return [...new Set(variants.map((variant) => typeOf(variant, depth)))].join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => typeOf(part, depth)).join(' & ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, depth)).join(' | ');
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return arrayOf(schema, depth);
    case 'object':
      return objectOf(schema, depth);
    default:
      return 'unknown';
  }
}

function arrayOf(schema: Schema, depth: number): string {
  if (schema.prefixItems) return `[${schema.prefixItems.map((item) => typeOf(item, depth)).join(', ')}]`;
  return `Array<${typeOf(schema.items ?? {}, depth)}>`;
}

function objectOf(schema: Schema, depth: number): string {
  const entries = Object.entries(schema.properties ?? {});
  if (entries.length === 0) {
    const values = schema.additionalProperties;
    return typeof values === 'object' && Object.keys(values).length > 0
      ? `Record<string, ${typeOf(values, depth)}>`
      : 'Record<never, never>';
  }
  const indent = '  '.repeat(depth + 1);
  const required = new Set(schema.required ?? []);
  const lines = entries.map(([name, property]) => {
    const mark = required.has(name) ? '' : '?';
    return `${indent}${/^\w+$/.test(name) ? name : `'${name}'`}${mark}: ${typeOf(property, depth + 1)};`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}
