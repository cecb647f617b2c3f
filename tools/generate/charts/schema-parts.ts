// The pieces that the charts' values.schema.json are put together from.
import { describeConfig, type ServiceConfig } from '@muster/platform/config/define-config';
import { z } from 'zod';

export type Schema = Readonly<Record<string, unknown>>;

const definitions = new Map<string, Schema>();

/** A schema that a file states once, under `$defs`, and refers to wherever it is used. */
function shared(definition: string, schema: Schema): Schema {
  definitions.set(definition, schema);
  return { $ref: `#/$defs/${definition}` };
}

/** A whole values.schema.json: the schema, and the definitions that it refers to, directly or through another one. */
export function fileOf(schema: Schema): Schema {
  const used: Record<string, Schema> = {};
  const collect = (part: Schema): void => {
    for (const [, definition = ''] of JSON.stringify(part).matchAll(/#\/\$defs\/(\w+)/g)) {
      const found = definitions.get(definition);
      if (!found || definition in used) continue;
      used[definition] = found;
      collect(found);
    }
  };
  collect(schema);
  return { $schema: 'http://json-schema.org/draft-07/schema#', $defs: Object.fromEntries(Object.entries(used).sort()), ...schema };
}

/**
 * An object of exactly these properties; all may be left out but `required`. What the library chart gives a default is not
 * required: `helm lint` looks before those are imported. Set to null, it is refused by the template `platform.values`.
 */
export function object(properties: Record<string, Schema>, required: readonly string[] = []): Schema {
  return { type: 'object', additionalProperties: false, properties, ...(required.length > 0 && { required }) };
}
/** As {@link object}, for what a chart's own values give a default: what is missing there was set to null. */
export const whole = (properties: Record<string, Schema>): Schema => object(properties, Object.keys(properties));
export const oneOf = (...values: readonly (string | number | boolean)[]): Schema => ({ enum: values });
export const text = (pattern?: string): Schema => ({ type: 'string', ...(pattern && { pattern }) });
export const integer = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum });
export const flag: Schema = { type: 'boolean' };
export const listOf = (items: Schema): Schema => ({ type: 'array', items, uniqueItems: true });
export const mapOf = (pattern: string, value: Schema): Schema => ({ type: 'object', additionalProperties: false, patternProperties: { [pattern]: value } });
export const anyObject: Schema = { type: 'object' };

export const port = shared('port', integer(1, 65_535));
export const name = shared('name', text('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'));
export const nameOrEmpty = shared('nameOrEmpty', text('^([a-z0-9]([a-z0-9-]*[a-z0-9])?)?$'));
/** Empty: by tag. */
export const digest = shared('digest', text('^(sha256:[0-9a-f]{64})?$'));
export const duration = shared('duration', text('^[0-9]+(s|m|h)$'));
export const labels = shared('labels', mapOf('^[A-Za-z0-9./_-]+$', text()));
export const cidrs = shared('cidrs', listOf(text('^([0-9]{1,3}[.]){3}[0-9]{1,3}/[0-9]{1,2}$|^[0-9a-f:]+/[0-9]{1,3}$')));
/** Mebi- and gibibytes only: the heap is computed from it. */
export const size = shared('size', text('^[1-9][0-9]*(Mi|Gi)$'));
const cpu = { anyOf: [text('^[1-9][0-9]*m?$'), { type: 'number', exclusiveMinimum: 0 }] };
/** What a pod asks for, and the memory that it may not exceed. A limit of CPU only slows down. */
export const resources = shared('resources', object({ requests: object({ cpu, memory: size }, ['cpu', 'memory']), limits: object({ memory: size }, ['memory']) }, ['requests', 'limits']));
/** A text and never a number: YAML reads 20261129 as a float, which Kubernetes would be told as 2.0261129e+07. */
export const tag = shared('tag', { type: 'string', pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$', not: { const: 'latest' } });

/** Objects of Kubernetes' own, which the API server holds against their schema; here only that they are of the right kind. */
const labelled = shared('annotations', mapOf('^([a-z0-9.-]+/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$', text()));
export const annotations = labelled;
export const nodeSelector = labelled;
const volumeName = shared('volumeName', { allOf: [name, { not: { enum: ['tmp', 'secrets', 'private-ca', 'service-keys'] } }] });
export const volumes: Schema = listOf({ type: 'object', required: ['name'], properties: { name: volumeName }, not: { required: ['hostPath'] } });
export const volumeMounts: Schema = listOf({ type: 'object', required: ['name', 'mountPath'], properties: { name: volumeName, mountPath: text('^/') } });
/** Entries of `env`; a secret's name may be given a reference, never a value. */
export const extraEnv = (secrets: readonly string[]): Schema =>
  listOf({
    type: 'object',
    required: ['name'],
    properties: { name: text('^[A-Z_][A-Z0-9_]*$'), value: text(), valueFrom: anyObject },
    additionalProperties: false,
    ...(secrets.length > 0 && { not: { required: ['value'], properties: { name: { enum: secrets } } } }),
  });

/** Migrations are the hook's alone; the others follow from other values. */
const NOT_IN_CONFIG: ReadonlySet<string> = new Set([
  'MIGRATE_AT_START', 'DATABASE_POOL_SIZE', 'SERVICE_KEYS', 'HOST', 'PORT', 'OPS_PORT', 'PEERS', 'PUBLIC_ORIGIN', 'OTEL_EXPORTER_OTLP_ENDPOINT',
]);

/** Variables of a service that `config` may set: no secret, and nothing that the chart sets itself. */
export function configOf(config: ServiceConfig, only: (name: string, ofPlatform: boolean) => boolean = () => true): Schema {
  const rows = describeConfig(config).filter((row) => !row.secret && !NOT_IN_CONFIG.has(row.name) && only(row.name, row.ofPlatform));
  return object(Object.fromEntries(rows.map((row) => [row.name, variable(config.shape[row.name as keyof typeof config.shape])])));
}

/** The terminal that starts a standalone gives these; in a cluster there is none, and what they open is not there. */
const OF_A_TERMINAL: ReadonlySet<string> = new Set(['TERMINAL_SECRET']);

/** The secrets that a service in a cluster is given. */
export function secretsOf(config: ServiceConfig): string[] {
  return describeConfig(config).filter(({ name: variableName, secret }) => secret && !OF_A_TERMINAL.has(variableName)).map(({ name: variableName }) => variableName);
}

/** One variable as JSON Schema. A number is checked as one; what the program parses out of a text stays a text. */
function variable(schema: z.ZodType): Schema {
  const made = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Record<string, unknown>;
  const { type, minimum, maximum, minLength, maxLength } = made;
  const values = made['enum'];
  if (Array.isArray(values)) return { enum: values };
  if (type === 'boolean') return flag;
  if (type === 'integer' || type === 'number') return { type, ...defined({ minimum, maximum }) };
  return { type: 'string', ...defined({ minLength, maxLength }) };
}

function defined(all: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER));
}
