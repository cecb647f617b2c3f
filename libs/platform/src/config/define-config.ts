import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { EventDefinition } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { z } from 'zod';
import { platformEnv } from './platform-env';
import { innerOf, isSecret } from './variables';

/** Injects the parsed environment: `@Inject(CONFIG) private readonly config: EnvOf<typeof config>`. */
export const CONFIG = Symbol('CONFIG');
/** Injects the {@link ServiceConfig} itself (name, migrations). */
export const SERVICE = Symbol('SERVICE');

export type EnvShape = Record<string, z.ZodType>;

export interface ServiceConfig<Shape extends EnvShape = Record<never, never>> {
  readonly service: ServiceName;
  /** Folder of the service's migration modules. */
  readonly migrations: string;
  /** The events that the service publishes. */
  readonly publishes: readonly EventDefinition[];
  readonly shape: typeof platformEnv & Shape;
}

export type EnvOf<Config extends ServiceConfig> = Readonly<z.output<z.ZodObject<Config['shape']>>>;
export type Environment = Readonly<Record<string, string | undefined>>;

/** A service's environment: the platform's variables and its own. */
export function defineConfig<Shape extends EnvShape>(definition: {
  service: ServiceName;
  migrations: string;
  publishes?: readonly EventDefinition[];
  env: Shape;
}): ServiceConfig<Shape> {
  return {
    service: definition.service,
    migrations: definition.migrations,
    publishes: definition.publishes ?? [],
    shape: { ...platformEnv, ...definition.env },
  };
}

/** `migrations` of the workspace whose `src` or `dist` holds `folder`. */
export function migrationsBeside(folder: string): string {
  return basename(folder) === 'dist' ? join(folder, 'migrations') : join(folder, '..', 'migrations');
}

/** Everything that is wrong with an environment, by variable and never with a secret's value. */
export class ConfigFault extends Error {
  constructor(
    readonly service: string,
    readonly faults: readonly string[],
  ) {
    super(`${service} cannot start, its environment has ${faults.length} fault(s):\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigFault';
  }
}

/**
 * Parses an environment. Any variable may come as `NAME_FILE`, whose file's text without the last line break counts.
 *
 * @throws ConfigFault with all faults together
 */
export function readEnv<Config extends ServiceConfig>(config: Config, environment: Environment = processEnvironment()): EnvOf<Config> {
  const faults: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(config.shape)) {
    const value = valueOf(name, environment, faults);
    if (value !== undefined && value !== '') values[name] = value;
  }
  const parsed = z.object(config.shape).safeParse(values);
  if (parsed.success && faults.length === 0) return parsed.data as unknown as EnvOf<Config>;
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    if (!faults.some((fault) => fault.startsWith(`${name}_FILE`))) {
      faults.push(`${name}: ${name in values ? issue.message : 'is missing'}`);
    }
  }
  throw new ConfigFault(config.service, faults);
}

function valueOf(name: string, environment: Environment, faults: string[]): string | undefined {
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === '') return environment[name];
  if (environment[name]) {
    faults.push(`${name}_FILE: ${name} is set as well; set one of them`);
    return undefined;
  }
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    faults.push(`${name}_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    return undefined;
  }
}

/** The environment of the process; nothing else in Muster reads it. */
export function processEnvironment(): Environment {
  return process.env;
}

/** Takes variables out of this process and what it starts, for a program whose libraries would read them behind its back. */
export function forgetVariables(pattern: RegExp): void {
  for (const name of Object.keys(process.env)) if (pattern.test(name)) delete process.env[name];
}

export interface VariableDescription {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly secret: boolean;
  readonly default: string | undefined;
  readonly ofPlatform: boolean;
}

/** The rows of the configuration table and of `.env.example`. */
export function describeConfig(config: ServiceConfig): VariableDescription[] {
  return Object.entries(config.shape).map(([name, schema]) => ({
    name,
    description: schema.description ?? '',
    required: !schema.safeParse(undefined).success,
    secret: isSecret(schema),
    default: defaultOf(schema),
    ofPlatform: name in platformEnv,
  }));
}

function defaultOf(schema: z.ZodType): string | undefined {
  for (let inner: z.ZodType | undefined = schema; inner; inner = innerOf(inner)) {
    const definition = inner.def as { type: string; defaultValue?: unknown };
    if (definition.type === 'default') {
      const value = definition.defaultValue;
      return typeof value === 'object' ? Object.values(value ?? {}).join(',') : String(value);
    }
  }
  return undefined;
}
