// The environment of each service is one thing told four times: the service's own schema, its Deployment and migration, its
// ExternalSecret (and the Secrets made by hand for a local cluster), and compose.yaml. Here they are compared.
import { readFileSync } from 'node:fs';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { ConfigFault, describeConfig, readEnv, type ServiceConfig } from '@muster/platform/config/define-config';
import { isSecret } from '@muster/platform/config/variables';
import { parse } from 'yaml';
import { kubernetesSecrets } from '../../dev/setup/kubernetes.mjs';
import { secretsOf } from '../../generate/charts/schema-parts';
import { serviceConfigs } from '../../generate/charts/services';
import { called, ofKind, podsOf, type Manifest } from './manifests';
import type { Render } from './renders';

/** A value, or the place that it comes from: then what it is, is nobody's business here. */
type Environment = Readonly<Record<string, string | { readonly from: 'secret' | 'file' } | undefined>>;

/** Variables that a service is run without, and why that is right. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  RELEASE_VERSION: 'the image says it',
  RELEASE_COMMIT: 'the image says it',
  MIGRATE_AT_START: 'the hook migrates',
  DATABASE_MIGRATOR_URL: 'the hook has it alone',
  RATE_LIMITS: 'the defaults of its schema',
  LIMITS: 'the figures of the contracts',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'tracing may be off',
  PEERS: 'a service may call nobody',
  TERMINAL_SECRET: 'only a terminal that starts a standalone gives it',
};
const LEFT_OUT_OF_COMPOSE: Readonly<Record<string, string>> = {
  NODE_ENV: 'the image says production',
  RELEASE_VERSION: 'the image says it',
  RELEASE_COMMIT: 'the image says it',
  HOST: 'the image says it',
  PORT: 'the image says it',
  OPS_PORT: 'the image says it',
  RATE_LIMITS: LEFT_OUT['RATE_LIMITS'] ?? '',
  TERMINAL_SECRET: LEFT_OUT['TERMINAL_SECRET'] ?? '',
  LIMITS: LEFT_OUT['LIMITS'] ?? '',
  SESSION_IDLE_DAYS: 'its default',
  SESSION_MAX_DAYS: 'its default',
  KEY_DAYS: 'its default',
};
/** Read by Node itself. */
const NOT_OURS: ReadonlySet<string> = new Set(['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS']);
const EXAMPLES: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgres://a:b@c/d', DATABASE_MIGRATOR_URL: 'postgres://a:b@c/d', NATS_URL: 'nats://a:b@c:4222', VALKEY_URL: 'redis://a:b@c:6379', MAIL_URL: 'smtp://c:1025',
};

/** What is wrong with one environment of a service: a variable missing, unknown, refused by its schema, or a secret written out. */
export function environmentFaults(config: ServiceConfig, environment: Environment, leftOut: Readonly<Record<string, string>>): string[] {
  const rows = describeConfig(config);
  const plain = (name: string): string => name.replace(/_FILE$/, '');
  const given = new Set(Object.keys(environment).filter((name) => environment[name] !== undefined).map(plain));
  const known = new Set(rows.map(({ name }) => name));
  const faults = [
    ...[...given].filter((name) => !known.has(name) && !NOT_OURS.has(name)).map((name) => `${name} is read by nobody`),
    ...rows.filter(({ name }) => !given.has(name) && !(name in leftOut)).map(({ name, required }) => `${name} is ${required ? 'required and ' : ''}missing`),
    ...rows.filter(({ name, secret }) => secret && typeof environment[name] === 'string').map(({ name }) => `${name} is a secret and written out`),
  ];
  return [...faults, ...refusals(config, environment, rows.filter(({ secret }) => secret).map(({ name }) => name))];
}

/** What the schema itself says, with an example in place of each value that only a cluster knows. */
function refusals(config: ServiceConfig, environment: Environment, secrets: readonly string[]): string[] {
  const values = Object.entries(environment).map(([name, value]): [string, string | undefined] => {
    if (name.endsWith('_FILE') || typeof value !== 'string') return [name.replace(/_FILE$/, ''), EXAMPLES[name.replace(/_FILE$/, '')] ?? 'x'.repeat(40)];
    return [name, value];
  });
  try {
    readEnv(config, Object.fromEntries([...secrets.filter((name) => name in LEFT_OUT).map((name): [string, string] => [name, EXAMPLES[name] ?? '']), ...values]));
    return [];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults.filter((fault) => !fault.endsWith('is missing'));
    throw error;
  }
}

/** The environment that the container of a pod is given. */
function ofPod(manifests: readonly Manifest[], owner: string): Environment {
  const container = podsOf(manifests).find((one) => one.owner === owner)?.containers[0];
  const maps = (container?.envFrom ?? []).flatMap(({ configMapRef }) => ofKind(manifests, 'ConfigMap').filter(({ metadata }) => metadata.name === configMapRef?.name));
  const own = (container?.env ?? []).map(({ name, value }): [string, Environment[string]] => [name, value ?? { from: 'secret' }]);
  return Object.fromEntries([...maps.flatMap(({ data }) => Object.entries(data ?? {})), ...own]);
}

export function chartFaults({ environment, muster }: Render): string[] {
  return serviceNames.flatMap((service) => {
    const config = serviceConfigs[service];
    const migration = ofPod(muster, `Job muster-${service}-migration`);
    const required = describeConfig(config).filter((row) => row.required || row.name === 'DATABASE_MIGRATOR_URL').map(({ name }) => name);
    return [
      ...environmentFaults(config, ofPod(muster, `Deployment muster-${service}`), LEFT_OUT).map((fault) => `${environment}: Deployment muster-${service}: ${fault}`),
      ...required.filter((name) => !(name in migration)).map((name) => `${environment}: Job muster-${service}-migration: ${name} is missing`),
      ...Object.keys(migration).filter((name) => !(name in config.shape) && !NOT_OURS.has(name)).map((name) => `${environment}: Job muster-${service}-migration: ${name} is read by nobody`),
      ...keyFaults(muster, service).map((fault) => `${environment}: ${fault}`),
    ];
  });
}

/** Keys of the ExternalSecret, or of the Secret made by hand, are the service's secret variables: all, and no other. */
function keyFaults(manifests: readonly Manifest[], service: ServiceName): string[] {
  const external = ofKind(manifests, 'ExternalSecret').find(({ spec }) => spec?.target?.name === `muster-${service}`);
  const byHand = kubernetesSecrets({ namespace: 'muster', release: 'muster', backing: 'muster-backing' }, {}).items.find(({ metadata }) => metadata.name === `muster-${service}`);
  const wanted = secretsOf(serviceConfigs[service]).sort().join(' ');
  const differs = (what: string, keys: readonly string[]): string[] => ([...keys].sort().join(' ') === wanted ? [] : [`${what} muster-${service} has ${[...keys].sort().join(' ')}, the schema ${wanted}`]);
  return [
    ...(external ? differs('ExternalSecret', (external.spec?.data ?? []).map(({ secretKey }) => secretKey)) : []),
    ...differs('the Secret that tools/dev/setup makes', Object.keys(byHand?.stringData ?? {})),
  ];
}

/** compose.yaml, with the value that a `${NAME:-value}` has when nobody says otherwise. */
export function composeFaults(text = readFileSync('compose.yaml', 'utf8')): string[] {
  const { services } = parse(text, { merge: true }) as { services: Record<string, { environment?: Record<string, string | number | boolean> }> };
  return serviceNames.flatMap((service) => {
    const entries = Object.entries(services[service]?.environment ?? {}).map(([name, value]): [string, Environment[string]] => {
      if (name.endsWith('_FILE')) return [name, { from: 'file' }];
      return [name, String(value).replace(/\$\{\w+:-([^}]*)\}/g, '$1')];
    });
    return environmentFaults(serviceConfigs[service], Object.fromEntries(entries), LEFT_OUT_OF_COMPOSE).map((fault) => `compose.yaml: ${service}: ${fault}`);
  });
}

const secretNames = new Set(Object.values(serviceConfigs).flatMap(({ shape }) => Object.entries(shape).filter(([, schema]) => isSecret(schema)).map(([name]) => name)));
/** An address with a password in it, a private key in any of its dresses. */
const LOOKS_SECRET = /:\/\/[^/\s:@]+:[^/\s@]+@|PRIVATE KEY|"d"\s*:\s*"/;

/** Secrets that are written out: as an object, in a variable, in a ConfigMap. */
export function literalSecrets({ environment, muster, backing }: Render): string[] {
  const all = [...muster, ...backing];
  const isWritten = ([name, value]: readonly [string, string | undefined]): boolean => value !== undefined && (secretNames.has(name) || LOOKS_SECRET.test(value));
  const variables = podsOf(all).map(({ owner, containers }) => [owner, containers.flatMap(({ env = [] }) => env.map(({ name, value }) => [name, value] as const))] as const);
  const maps = ofKind(all, 'ConfigMap').map((map) => [called(map), Object.entries(map.data ?? {})] as const);
  return [
    ...ofKind(all, 'Secret').map((manifest) => `${environment}: ${called(manifest)}: a Secret in a render is a secret in the repository`),
    ...[...variables, ...maps].flatMap(([owner, pairs]) => pairs.filter(isWritten).map(([name]) => `${environment}: ${owner}: ${name} is written out`)),
  ];
}

/** Faults put into a good environment that went by unnoticed. */
export function missedEnvironmentPlants(render: Render): string[] {
  const good = ofPod(render.muster, 'Deployment muster-auth');
  const plants: readonly [string, Environment, RegExp][] = [
    ['a variable that nobody reads', { ...good, LOG_LEVLE: 'info' }, /LOG_LEVLE is read by nobody/],
    ['a required one left out', { ...good, AUTH_SECRET: undefined }, /AUTH_SECRET is required and missing/],
    ['an optional one forgotten', { ...good, KEY_DAYS: undefined }, /KEY_DAYS is missing/],
    ['a secret written out', { ...good, CURSOR_SECRET: 'x'.repeat(40) }, /CURSOR_SECRET is a secret/],
    ['a value that the schema refuses', { ...good, HASH_CONCURRENCY: '0' }, /HASH_CONCURRENCY/],
  ];
  const missed = plants.filter(([, environment, expect]) => !environmentFaults(serviceConfigs.auth, environment, LEFT_OUT).some((fault) => expect.test(fault))).map(([fault]) => fault);
  const compose = readFileSync('compose.yaml', 'utf8').replace('LOG_SAMPLE:', 'LOG_SIMPLE:');
  const bad = structuredClone(render);
  ofKind(bad.muster, 'ExternalSecret').find(({ metadata }) => metadata.name === 'muster-user')?.spec?.data?.pop();
  ofKind(bad.muster, 'ConfigMap').forEach(({ data }) => data && (data['PEERS'] = 'auth=http://me:hunter2@auth'));
  podsOf(bad.muster).find(({ owner }) => owner === 'Job muster-auth-migration')?.containers[0]?.env?.push({ name: 'AUTH_SECRET', value: 'x' });
  bad.backing.push({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'muster-auth' } });
  const literals = literalSecrets(bad).join();
  return [
    ...missed,
    ...(composeFaults(compose).some((fault) => fault.includes('LOG_SIMPLE')) ? [] : ['a misspelt variable in compose.yaml']),
    ...(keyFaults(bad.muster, 'user').length > 0 ? [] : ['a key that the store is not asked for']),
    ...['PEERS is written out', 'AUTH_SECRET is written out', 'Secret muster-auth'].filter((said) => !literals.includes(said)).map((said) => `a literal secret (${said})`),
  ].map((fault) => `the comparison of environments did not notice ${fault}`);
}
