import type { Schema } from './type-source';

interface Rule {
  required?: true;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
}

/** The constraints of every field of a body, by dotted path; `lines.*.count` is the count of any line. */
export function fieldsOf(body: Schema): Record<string, Rule> {
  const found: Record<string, Rule> = {};
  walk(body, '', false, found);
  return found;
}

function walk(schema: Schema, path: string, required: boolean, found: Record<string, Rule>): void {
  const own = (schema.anyOf ?? schema.oneOf)?.find((variant) => variant.type !== 'null') ?? schema;
  if (path !== '') found[path] = ruleOf(own, required);
  for (const [name, property] of Object.entries(own.properties ?? {})) {
    walk(property, path === '' ? name : `${path}.${name}`, own.required?.includes(name) ?? false, found);
  }
  if (own.items?.type !== undefined) walk(own.items, `${path}.*`, true, found);
}

function ruleOf(schema: Schema, required: boolean): Rule {
  const rule: Rule = {};
  if (required) rule.required = true;
  const minLength = schema.minLength ?? schema.minItems;
  const maxLength = schema.maxLength ?? schema.maxItems;
  if (minLength !== undefined) rule.minLength = minLength;
  if (maxLength !== undefined) rule.maxLength = maxLength;
  if (schema.minimum !== undefined) rule.minimum = schema.minimum;
  if (schema.maximum !== undefined && schema.maximum !== Number.MAX_SAFE_INTEGER) rule.maximum = schema.maximum;
  // A format says what a pattern of hundreds of letters would; the server has the last word anyway.
  if (schema.format !== undefined) rule.format = schema.format;
  else if (schema.pattern !== undefined) rule.pattern = schema.pattern;
  return rule;
}
