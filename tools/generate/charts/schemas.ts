// Writes values.schema.json of every chart: helm refuses values that fit none of it. The variables under `config` come from
// the services' own schemas. Run it after a change of a service's environment or of values; `--check` fails where stale.
import { serviceNames } from '@muster/contracts/kernel/ids';
import { compactJson } from './compact';
import * as part from './schema-parts';
import { serviceConfigs } from './services';

const { object, whole, text, integer, flag, listOf, oneOf } = part;
const host = text('^([a-z0-9]([a-z0-9-]*[a-z0-9])?)([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*$');
const place = { namespace: part.nameOrEmpty, podLabels: part.labels };
const backing = (more: Record<string, part.Schema> = {}) => object({ kind: oneOf('release', 'pods', 'external'), port: part.port, ...place, cidrs: part.cidrs, ...more });

const global = object({
  environment: oneOf('local', 'staging', 'production'),
  host,
  publicOrigin: text('^((https://[a-z0-9.-]+|http://(localhost|127[.]0[.]0[.]1|[a-z0-9.-]+[.]localhost))(:[0-9]+)?)?$'),
  image: object({
    registry: text('^[a-z0-9.:/-]*$'),
    repository: text('^[a-z0-9/-]+$'),
    tag: part.tag,
    pullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
    pullSecrets: listOf(part.name),
    digests: object(Object.fromEntries([...serviceNames, 'web'].map((component) => [component, part.digest]))),
    tags: object(Object.fromEntries([...serviceNames, 'web'].map((component) => [component, text('^[A-Za-z0-9_.-]+$')]))),
  }),
  config: part.configOf(serviceConfigs.user, (_name, ofPlatform) => ofPlatform),
  secrets: object({
    kind: oneOf('external', 'existing'),
    store: object({ kind: oneOf('SecretStore', 'ClusterSecretStore'), name: part.name }),
    remotePrefix: text('^[A-Za-z0-9/_-]+$'),
    refreshInterval: part.duration,
    as: oneOf('env', 'files'),
  }),
  privateCa: object({ configMap: part.nameOrEmpty, secret: part.nameOrEmpty, key: text('^[A-Za-z0-9._-]+$') }),
  listen: oneOf('0.0.0.0', '::'),
  dns: object({ ...place, cidrs: part.cidrs, port: part.port }),
  backing: object({
    release: part.name,
    postgres: backing({ maxConnections: integer(20, 5000), reserved: integer(3, 1000) }),
    nats: backing(),
    valkey: backing(),
    mailpit: backing(),
  }),
  edge: object(place),
  exposure: object({
    kind: oneOf('ingress', 'httproute', 'none'),
    ingress: object({ className: part.name, annotations: part.labels, tlsSecret: part.name }),
    httproute: object({ parentRefs: listOf(object({ name: part.name, namespace: part.name, sectionName: part.name }, ['name'])) }),
  }),
  routes: object({ enabled: flag }),
  monitoring: object({ enabled: flag, ...place, interval: part.duration, labels: part.labels }),
  tracing: object({ endpoint: text('^(https?://.+)?$'), ...place, port: part.port }),
});

/** Paths that belong to operations and never to an address that browsers reach. */
const publicPath = { type: 'string', pattern: '^/', not: { pattern: '^/(internal|metrics|health|ready)' } };

function chart(component: string, config: part.Schema, secrets: readonly string[]): part.Schema {
  const secret = secrets.length > 0 ? oneOf(...secrets) : text('^$');
  return object({
    platform: part.anyObject,
    global,
    // A chart is one component: under another's name there would be two of each object.
    component: component === 'web' ? oneOf('web') : oneOf('', component),
    runAsUser: integer(1, 65_535),
    config,
    // The owner's address is for the migration alone.
    secrets: listOf({ allOf: [secret, { not: { const: 'DATABASE_MIGRATOR_URL' } }] }),
    serviceKeys: flag,
    connections: object({ pool: integer(1, 100), extra: integer(0, 10) }),
    migration: object({ enabled: flag, secrets: listOf(secret), deadlineSeconds: integer(30, 3600), backoffLimit: integer(0, 10), resources: part.resources }),
    nodeSelector: part.nodeSelector,
    tolerations: listOf(part.anyObject),
    affinity: part.anyObject,
    priorityClassName: part.nameOrEmpty,
    podAnnotations: part.annotations,
    serviceAccount: object({ annotations: part.annotations }),
    extraEnv: part.extraEnv(secrets),
    extraVolumes: part.volumes,
    extraVolumeMounts: part.volumeMounts,
    replicas: integer(2, 100),
    autoscaling: object({ enabled: flag, minReplicas: integer(2, 100), maxReplicas: integer(2, 100), cpuPercent: integer(10, 95) }),
    disruption: object({ maxUnavailable: oneOf(1) }),
    resources: part.resources,
    tmpSize: part.size,
    shutdown: object({ preStopSeconds: integer(1, 60), graceSeconds: integer(0, 600) }),
    port: part.port,
    opsPort: integer(0, 65_535),
    probes: object({ port: oneOf('http', 'ops'), started: text('^/'), live: text('^/'), ready: text('^/') }),
    paths: listOf(object({ path: publicPath, type: oneOf('Prefix', 'Exact') }, ['path', 'type'])),
    test: object({ image: part.nameOrEmpty, answers: text('^/'), hidden: text('^/') }),
  });
}

const persistence = whole({ enabled: flag, size: part.size, storageClass: part.nameOrEmpty });
const server = (more: Record<string, part.Schema> = {}) => whole({ enabled: flag, image: imageWithTag, resources: part.resources, ...more });
const imageWithTag = { type: 'string', pattern: '^[a-z0-9./-]+:[A-Za-z0-9._-]+(@sha256:[0-9a-f]{64})?$', not: { pattern: ':latest$' } };
const backingChart = object({
  platform: part.anyObject,
  global,
  clients: whole({ release: part.name, namespace: part.nameOrEmpty }),
  secretName: part.name,
  postgresql: whole({
    kind: oneOf('embedded', 'cloudnativepg', 'none'),
    image: imageWithTag,
    runAsUser: integer(1, 65_535),
    persistence,
    resources: part.resources,
    cloudnativepg: whole({
      image: text('^[a-z0-9./-]+$'),
      tag: part.tag,
      digest: part.digest,
      instances: integer(1, 9),
      size: part.size,
      walSize: part.size,
      storageClass: part.nameOrEmpty,
      resources: part.resources,
      backup: whole({ destination: text('^((s3|gs|https)://.+)?$'), endpoint: text('^(https://.+)?$'), schedule: text('^([^ ]+ ){5}[^ ]+$'), retention: text('^[1-9][0-9]*[dwm]$') }),
      recovery: whole({ from: part.nameOrEmpty, targetTime: text('^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2}))?$') }),
      operatorNamespace: part.name,
      apiServer: whole({ cidrs: part.cidrs, port: part.port }),
      pooler: whole({ enabled: flag, instances: integer(1, 20) }),
    }),
  }),
  nats: server({ persistence }),
  valkey: server(),
  mailpit: server(),
}, ['clients', 'secretName', 'postgresql', 'nats', 'valkey', 'mailpit']);

/** A value is a line: under `properties`, or under those of `global`, it lies four collections deep at most. */
const A_VALUE_EACH = 4;

/** Every chart's schema, by its path in the repository. */
export function schemaFiles(): Record<string, string> {
  const services = serviceNames.map((service): [string, part.Schema] => [service, chart(service, part.configOf(serviceConfigs[service]), part.secretsOf(serviceConfigs[service]))]);
  const web = chart('web', object({ REAL_IP_FROM: text(), WORKERS: integer(1, 16) }), []);
  const subcharts = [...serviceNames, 'frontend', 'platform'].map((subchart): [string, part.Schema] => [subchart, part.anyObject]);
  const umbrella = object({ global, rules: whole({ enabled: flag, runbooks: text('^https?://[^ ]+[^/ ]$') }), dashboards: whole({ enabled: flag }), ...Object.fromEntries(subcharts) }, ['rules', 'dashboards']);
  const all: [string, part.Schema][] = [...services, ['frontend', web], ['muster', umbrella], ['muster-backing', backingChart]];
  return Object.fromEntries(all.map(([name, schema]) => [`charts/${name}/values.schema.json`, `${compactJson(part.fileOf(schema), A_VALUE_EACH)}\n`]));
}
