// Holds the Dockerfile against hadolint, Prometheus' settings of the profile `watch` against promtool, compose.yaml against
// compose's own reading, and both files against what no program knows of them; what an image holds is looked at by
// `npm run image:check`. When: `npm run check:docker`; `-- --self-test` prints the plants.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { bakeImages } from '../release/bake-images.mjs';
import { findTool, toolOrNotice } from '../dev/find-tool.mjs';
import { grown, replaced, verdict } from './verdict.mjs';
import { watchComplaints, watchPlants } from '../release/watch-rules.mjs';

const folder = mkdtempSync(join(tmpdir(), 'muster-docker-'));
const complaints = [];
const plants = [];

function run(program, ...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return { passed: status === 0, said: status === 0 ? [] : `${stdout}${stderr}`.trim().split('\n'), stdout };
}

/** A program's word on a file of ours, and on a file with a fault in it. */
function judge(program, args, file, faults) {
  complaints.push(...run(program, ...args, file).said);
  for (const [fault, text, expect] of faults) {
    const path = join(folder, 'planted');
    writeFileSync(path, text);
    plants.push({ fault, expect, complaints: run(program, ...args, path).said });
  }
}

/** Stages by name: what they are made from and their instructions, with continued lines joined. */
function stagesOf(dockerfile) {
  const stages = new Map();
  for (const line of dockerfile.replaceAll(/^\s*#.*\n/gm, '').replaceAll(/\\\n/g, ' ').split('\n')) {
    const [, from, name] = /^FROM\s+(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
    if (from) stages.set(name ?? from, { from, lines: [] });
    else [...stages.values()].at(-1)?.lines.push(line.trim());
  }
  return stages;
}

function dockerfileComplaints({ dockerfile, targets }) {
  const stages = stagesOf(dockerfile);
  return [
    ...targets.filter((target) => !stages.has(target)).map((target) => `Dockerfile: there is no stage ${target}`),
    ...[...stages].flatMap(([name, { from, lines }]) => [
      ...(stages.has(from) || from === 'scratch' || /_DIGEST:\+@/.test(from) ? [] : [`Dockerfile: stage ${name} comes from ${from}, which no digest can pin`]),
      ...lines.filter((line) => /^(ENV|ARG)\b.*(PASSWORD|SECRET|TOKEN|CREDENTIAL)/i.test(line)).map((line) => `Dockerfile: stage ${name} has a secret in its layers: ${line.split(/[ =]/, 2).join(' ')}`),
      ...lines.filter((line) => /^COPY\s+\.\s/.test(line) && targets.includes(name)).map(() => `Dockerfile: stage ${name} copies the whole context into an image`),
    ]),
  ];
}

const secretName = /(PASSWORD|SECRET|TOKEN|_KEY|CREDENTIALS?|(DATABASE|MIGRATOR|NATS|VALKEY|MAIL)_URL)$/;

function composeComplaints({ compose }) {
  return Object.entries(compose.services).flatMap(([name, service]) => {
    const limit = service.mem_limit ?? service.deploy?.resources?.limits?.memory;
    return [
      ...(service.ports ?? []).filter(({ host_ip: address }) => address !== '127.0.0.1').map(({ published }) => `opens port ${published} to the network`),
      ...Object.entries(service.environment ?? {}).filter(([key, value]) => secretName.test(key) && value && !value.startsWith('/')).map(([key]) => `has ${key} in its environment; a file is read with ${key}_FILE`),
      service.privileged && 'is privileged',
      (service.volumes ?? []).some(({ source }) => /docker\.sock/.test(source ?? '')) && 'reaches the container daemon',
      !service.security_opt?.includes('no-new-privileges:true') && 'can gain privileges',
      !limit && 'has no memory limit',
      !/[:@]/.test(service.image ?? '') && 'takes an image without a tag',
      service.image?.startsWith('muster/') && (!service.read_only || !service.cap_drop?.includes('ALL')) && 'can write its root or has capabilities',
    ].filter(Boolean).map((what) => `compose: ${name} ${what}`);
  });
}

const inDockerfile = (from, to) => (project) => ({ ...project, dockerfile: replaced(project.dockerfile, from, to) });
const inService = (name, more) => (project) => ({ ...project, compose: { services: { ...project.compose.services, [name]: { ...project.compose.services[name], ...more } } } });
const ownPlants = [
  ['a base that no digest pins', inDockerfile(/FROM \$\{NODE_IMAGE\}\S* AS node/, 'FROM node:24 AS node'), /no digest can pin/],
  ['a secret in a layer', inDockerfile('ENV NODE_ENV', 'ENV DATABASE_PASSWORD=x NODE_ENV'), /secret in its layers/],
  ['the whole context in an image', inDockerfile('FROM service AS auth\n', 'FROM service AS auth\nCOPY . /app\n'), /copies the whole context/],
  ['an image that the Dockerfile has not', (project) => ({ ...project, targets: [...project.targets, 'billing'] }), /no stage billing/],
  ['a port open to the network', inService('web', { ports: [{ target: 8443, published: '8443', host_ip: '0.0.0.0' }] }), /web opens port 8443/],
  ['a password in an environment', inService('auth', { environment: { DATABASE_URL: 'postgres://x' } }), /auth has DATABASE_URL/],
  ['a privileged container', inService('auth', { privileged: true }), /auth is privileged/],
  ['the daemon’s socket', inService('auth', { volumes: [{ type: 'bind', source: '/var/run/docker.sock' }] }), /reaches the container daemon/],
  ['privileges to gain', inService('auth', { security_opt: [] }), /auth can gain privileges/],
  ['memory without end', inService('auth', { mem_limit: undefined }), /auth has no memory limit/],
  ['a root that can be written', inService('auth', { read_only: false }), /auth can write its root/],
  ['an image without a tag', inService('nats', { image: 'nats' }), /nats takes an image without a tag/],
];

/** Without docker: the file itself, with the short forms of its ports and volumes read here. */
function asWritten({ services }) {
  const port = (text) => (([host_ip, published, target]) => ({ host_ip, published, target }))(String(text).replaceAll(/\$\{[^}]*\}/g, '0').split(':'));
  const volume = (text) => (typeof text === 'string' ? { source: text.split(':')[0] } : text);
  return { services: Object.fromEntries(Object.entries(services).map(([name, service]) => [name, { ...service, ports: service.ports?.map(port), volumes: service.volumes?.map(volume) }])) };
}

try {
  const hadolint = toolOrNotice('hadolint', 'the Dockerfile’s style');
  const good = (line) => `FROM node:24-trixie-slim\nWORKDIR /app\n${line}\nUSER 1000:1000\n`;
  if (hadolint) judge(hadolint, ['--no-color'], 'Dockerfile', [
    ['hadolint: packages without versions', good('RUN apt-get update && apt-get install -y curl'), /DL3008/],
    ['hadolint: a shell that hides a failure of a pipe', good('RUN node x.js | sort > /list'), /DL4006/],
    ['hadolint: a start through a shell', good('CMD node x.js'), /DL3025/],
  ]);
  const promtool = toolOrNotice('promtool', 'Prometheus’s own reading of its configuration');
  if (promtool) judge(promtool, ['check', 'config'], 'tools/dev/compose/prometheus.yml', [['promtool: a misspelt key', 'scrape_configs:\n  - job_nam: muster\n', /job_nam/]]);
  // Not asked for by REQUIRE_TOOLS: a machine that only checks needs no daemon.
  const docker = [findTool('docker')].find((path) => path && run(path, 'compose', 'version').passed);
  const written = parse(readFileSync('compose.yaml', 'utf8'), { merge: true });
  let compose = asWritten(written);
  if (docker) {
    const { passed, said, stdout } = run(docker, 'compose', '--profile', '*', 'config', '--format', 'json');
    complaints.push(...said);
    if (passed) compose = JSON.parse(stdout);
  } else console.log('Left out, because docker compose is not on this machine: compose’s own reading of compose.yaml.');
  const project = { dockerfile: readFileSync('Dockerfile', 'utf8'), compose, targets: bakeImages() };
  const complaintsOf = (one) => [...dockerfileComplaints(one), ...composeComplaints(one)];
  complaints.push(...complaintsOf(project));
  const settings = (name) => parse(readFileSync(join('tools/dev/compose', name), 'utf8'));
  const watch = {
    compose: written, prometheus: settings('prometheus.yml'), collector: settings('collector.yaml'),
    datasources: settings('grafana/provisioning/datasources/prometheus.yaml'), dashboards: settings('grafana/provisioning/dashboards/muster.yaml'),
  };
  complaints.push(...watchComplaints(watch));
  plants.push(...grown(ownPlants, project, complaintsOf), ...grown(watchPlants, watch, watchComplaints));
  verdict({ name: 'check:docker', complaints, plants, figures: { images: project.targets.length, services: Object.keys(compose.services).length } });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
