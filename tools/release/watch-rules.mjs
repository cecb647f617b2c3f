// What Prometheus, Grafana and the collector of compose's profile `watch` must keep to, and a fault for every rule. Pure;
// check-docker.mjs reads the files. A project is `{ compose, prometheus, collector, datasources, dashboards }`.
const serviceOf = (address) => new URL(address.includes('://') ? address : `http://${address}`).hostname;

export function watchComplaints({ compose, prometheus, collector, datasources, dashboards }) {
  const targets = prometheus.scrape_configs.flatMap(({ static_configs: groups }) => groups.flatMap((group) => group.targets));
  const services = Object.entries(compose.services).filter(([, { environment }]) => environment?.SERVICE_KEYS_FILE).map(([name]) => name);
  const mounted = (compose.services.grafana?.volumes ?? []).map((volume) => volume.target ?? String(volume).split(':')[1]);
  const piped = new Set(Object.values(collector.service.pipelines).flatMap((parts) => Object.values(parts).flat()));
  const described = ['receivers', 'processors', 'exporters', 'connectors'].flatMap((kind) => Object.keys(collector[kind] ?? {}));
  return [
    ...services.filter((name) => targets.filter((target) => target === `${name}:9000`).length !== 1).map((name) => `prometheus: ${name}:9000 is not scraped once`),
    ...targets.filter((target) => !(serviceOf(target) in compose.services)).map((target) => `prometheus: ${target} is no service of compose`),
    ...[...piped].filter((part) => !described.includes(part)).map((part) => `collector: nothing describes ${part}, which a pipeline has`),
    ...described.filter((part) => !piped.has(part)).map((part) => `collector: ${part} is in no pipeline`),
    ...datasources.datasources.filter(({ url }) => !(serviceOf(url) in compose.services)).map(({ name, url }) => `grafana: ${name} asks ${url}, which is no service of compose`),
    ...dashboards.providers.filter(({ options }) => !mounted.includes(options.path)).map(({ name, options }) => `grafana: nothing is mounted at ${options.path} for the dashboards of ${name}`),
  ];
}

const changed = (part, change) => (project) => ({ ...project, [part]: change(project[part]) });
export const watchPlants = [
  ['a service that nobody scrapes', changed('prometheus', (file) => ({ scrape_configs: file.scrape_configs.slice(1) })), /auth:9000 is not scraped/],
  ['a target that is not there', changed('prometheus', (file) => ({ scrape_configs: [...file.scrape_configs, { static_configs: [{ targets: ['billing:9000'] }] }] })), /billing:9000 is no service/],
  ['an exporter that nobody described', changed('collector', (file) => ({ ...file, exporters: {} })), /nothing describes/],
  ['a processor in no pipeline', changed('collector', (file) => ({ ...file, processors: { ...file.processors, filter: {} } })), /filter is in no pipeline/],
  ['a data source elsewhere', changed('datasources', (file) => ({ datasources: file.datasources.map((one) => ({ ...one, url: 'http://metrics:9090' })) })), /metrics:9090, which is no service/],
  ['dashboards that nobody mounted', changed('dashboards', (file) => ({ providers: file.providers.map((one) => ({ ...one, options: { path: '/nowhere' } })) })), /nothing is mounted at \/nowhere/],
];
