// What Prometheus, Grafana and the collector of compose's profile `watch` must keep to, and a fault for every rule. Pure;
// check-docker.mjs reads the files. A project is `{ compose, prometheus, collector, datasources, dashboards }`.

const serviceOf = (address) => new URL(address.includes('://') ? address : `http://${address}`).hostname;

/** Every service is scraped once, on its operations port, and nothing is scraped that compose has not. */
function prometheusComplaints({ compose, prometheus }) {
  const targets = prometheus.scrape_configs.flatMap(({ static_configs: groups }) => groups.flatMap((group) => group.targets));
  const services = Object.entries(compose.services).filter(([, { environment }]) => environment?.SERVICE_KEYS_FILE).map(([name]) => name);
  return [
    ...services.filter((name) => targets.filter((target) => target === `${name}:9000`).length !== 1).map((name) => `prometheus: ${name}:9000 is not scraped once`),
    ...targets.filter((target) => !(serviceOf(target) in compose.services)).map((target) => `prometheus: ${target} is no service of compose`),
  ];
}

/** Every part of a pipeline is described, and every part described is in a pipeline. */
function collectorComplaints({ collector }) {
  const found = [];
  const used = new Set();
  const known = (kind) => new Set([...Object.keys(collector[kind] ?? {}), ...(kind === 'processors' ? [] : Object.keys(collector.connectors ?? {}))]);
  for (const [pipeline, parts] of Object.entries(collector.service.pipelines)) {
    for (const kind of ['receivers', 'processors', 'exporters']) {
      for (const part of parts[kind] ?? []) {
        used.add(part);
        if (!known(kind).has(part)) found.push(`collector: pipeline ${pipeline} has ${kind} ${part}, which nothing describes`);
      }
    }
  }
  for (const kind of ['receivers', 'processors', 'exporters', 'connectors']) {
    for (const part of Object.keys(collector[kind] ?? {})) if (!used.has(part)) found.push(`collector: ${kind} ${part} is in no pipeline`);
  }
  return found;
}

function grafanaComplaints({ compose, datasources, dashboards }) {
  const mounted = (compose.services.grafana?.volumes ?? []).map((volume) => volume.target ?? String(volume).split(':')[1]);
  return [
    ...datasources.datasources.filter(({ url }) => !(serviceOf(url) in compose.services)).map(({ name, url }) => `grafana: ${name} asks ${url}, which is no service of compose`),
    ...dashboards.providers.filter(({ options }) => !mounted.includes(options.path)).map(({ name, options }) => `grafana: nothing is mounted at ${options.path} for the dashboards of ${name}`),
  ];
}

export const watchRules = [prometheusComplaints, collectorComplaints, grafanaComplaints];

const changed = (part, change) => (project) => ({ ...project, [part]: change(structuredClone(project[part])) });

export const watchPlants = [
  ['a service that nobody scrapes', changed('prometheus', (file) => ({ ...file, scrape_configs: file.scrape_configs.slice(1) })), /auth:9000 is not scraped/],
  ['a target that is not there', changed('prometheus', (file) => ({ ...file, scrape_configs: [...file.scrape_configs, { static_configs: [{ targets: ['billing:9000'] }] }] })), /billing:9000 is no service/],
  ['an exporter that nobody described', changed('collector', (file) => ({ ...file, exporters: {} })), /which nothing describes/],
  ['a processor in no pipeline', changed('collector', (file) => ({ ...file, processors: { ...file.processors, filter: {} } })), /filter is in no pipeline/],
  ['a data source elsewhere', changed('datasources', (file) => ({ ...file, datasources: file.datasources.map((one) => ({ ...one, url: 'http://metrics:9090' })) })), /metrics:9090, which is no service/],
  ['dashboards that nobody mounted', changed('dashboards', (file) => ({ ...file, providers: file.providers.map((one) => ({ ...one, options: { path: '/nowhere' } })) })), /nothing is mounted at \/nowhere/],
];
