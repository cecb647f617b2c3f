// Puts the programs that checks need and npm doesn't bring into ~/.cache/muster-tools (or $MUSTER_TOOLS), at the versions
// of install-tools.json. When: `npm run tools:install` for what `npm run check` uses, `-- k6 trivy` for these, `-- --list`.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTool, toolsFolder } from './find-tool.mjs';
import { installCrds, installSchemas } from './install-schemas.mjs';

const { checks, more } = JSON.parse(readFileSync(new URL('install-tools.json', import.meta.url), 'utf8'));
const all = { ...checks, ...more };
const root = toolsFolder();
const bin = join(root, 'bin');

/** Standard output goes to the terminal's error stream: what is awaited is on the last lines, not in between. */
const run = (command, args, options = {}) => execFileSync(command, args, { stdio: ['ignore', 2, 2], ...options });

/** A virtual environment of our own: a distribution's Python refuses packages that are not its own. */
function pip(...args) {
  const own = join(root, 'venv', 'bin', 'pip');
  if (!existsSync(own)) run('python3', ['-m', 'venv', join(root, 'venv')]);
  run(own, ['--quiet', '--disable-pip-version-check', ...args]);
}

function installPip({ name, tool }) {
  pip('install', `${tool.pip}==${tool.version}`);
  rmSync(join(bin, name), { force: true });
  symlinkSync(join(root, 'venv', 'bin', name), join(bin, name));
}

/** The distribution pins these; a machine without apt must have them already. */
function installDebian({ name, tool }) {
  if (findTool(name)) return;
  const [command, ...first] = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', 'apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run(command, [...first, 'update', '-qq'], { env });
  run(command, [...first, 'install', '-y', '-qq', '--no-install-recommends', tool.debian], { env });
}

const goEnvironment = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' };
function go() {
  const path = findTool('go');
  if (!path) throw new Error('Go 1.26 or newer is not on this machine, and these programs are built from source');
  return path;
}

/** The folder of a module's source in Go's cache, fetched when it is not there. */
const moduleFolder = (module) => JSON.parse(execFileSync(go(), ['mod', 'download', '-json', module], { env: goEnvironment, encoding: 'utf8' })).Dir;

/** helm takes the Kubernetes version that it renders for from the linker; without one it is 1.20. */
function linkerFlags(name, { go: module, version, versionVariable }) {
  const flags = versionVariable ? [`-X ${versionVariable}=${version}`] : [];
  if (!name.startsWith('helm')) return flags;
  const minor = /k8s\.io\/client-go v0\.(\d+)\./.exec(readFileSync(join(moduleFolder(`${module}@${version}`), 'go.mod'), 'utf8'))?.[1];
  if (!minor) throw new Error(`${module} doesn't say which Kubernetes it is made for`);
  const variables = ['pkg/chartutil', 'pkg/lint/rules'].map((part) => `helm.sh/helm/v3/${part}.k8sVersion`);
  return [...flags, ...variables.flatMap((variable) => [`-X ${variable}Major=1`, `-X ${variable}Minor=${minor}`])];
}

/** `go install name@version` would do for some, but refuses a program that needs `replace` lines: each is the requirement of an empty module of its own. */
function installGo({ name, tool, work }) {
  const { go: module, package: folder, version, mod = [], tags = [], experiment = '' } = tool;
  writeFileSync(join(work, 'go.mod'), ['module build', 'go 1.26.0', `require ${module} ${version}`, ...mod, ''].join('\n'));
  const flags = ['-s', '-w', ...linkerFlags(name, tool)].join(' ');
  const args = ['build', '-mod=mod', '-trimpath', '-tags', tags.join(','), '-ldflags', flags, '-o', join(bin, name), folder ? `${module}/${folder}` : module];
  run(go(), args, { cwd: work, env: { ...goEnvironment, GOEXPERIMENT: experiment } });
  afterwards[name]?.(version);
}

const afterwards = {
  /** helm finds it as a plugin, without the plugin's own script, which downloads a binary. */
  'helm-unittest': (version) => {
    const folder = join(root, 'helm-plugins', 'helm-unittest');
    mkdirSync(folder, { recursive: true });
    rmSync(join(folder, 'untt'), { force: true });
    symlinkSync(join(bin, 'helm-unittest'), join(folder, 'untt'));
    writeFileSync(join(folder, 'plugin.yaml'), `name: unittest\nversion: ${version.slice(1)}\nusage: unit tests of charts\ncommand: $HELM_PLUGIN_DIR/untt\n`);
  },
  /** kubeconform with the installed schemas and no network, strict, for Kubernetes $KUBERNETES_VERSION. */
  kubeconform: () => {
    const schemas = ['kubernetes/{{.NormalizedKubernetesVersion}}-local{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json', 'crd/{{.Group}}_{{.ResourceKind}}_{{.ResourceAPIVersion}}.json'];
    const command = [`exec "${join(bin, 'kubeconform')}" -strict -kubernetes-version "\${KUBERNETES_VERSION:-1.34.0}"`, ...schemas.map((path) => `-schema-location "${join(root, 'schemas', path)}"`), '"$@"'];
    writeFileSync(join(bin, 'kubeconform-offline'), `#!/bin/sh\n${command.join(' \\\n  ')}\n`);
    chmodSync(join(bin, 'kubeconform-offline'), 0o755);
  },
};

const ways = {
  go: installGo, pip: installPip, debian: installDebian,
  schemas: ({ tool, work }) => installSchemas(tool, root, work, (...args) => run('python3', args, { cwd: work }), pip),
  crds: ({ tool }) => installCrds(tool, root, moduleFolder),
};

/** Which version lies there; written last, so that an interrupted installation is done again. */
const stamp = (name) => join(root, 'versions', name);
/** Debian's lie outside the folder, which may come from a cache of another machine. */
const isInstalled = (name) => existsSync(stamp(name)) && readFileSync(stamp(name), 'utf8').trim() === all[name].version && (!all[name].debian || findTool(name) !== undefined);

async function install(name) {
  const tool = all[name];
  if (isInstalled(name)) return console.log(`${name} ${tool.version} is there`);
  const started = Date.now();
  console.log(`${name} ${tool.version} …`);
  const work = join(root, 'build', name);
  for (const folder of [work, stamp(name)]) rmSync(folder, { recursive: true, force: true });
  for (const folder of [work, bin, join(root, 'versions')]) mkdirSync(folder, { recursive: true });
  try {
    await Object.entries(ways).find(([key]) => tool[key])[1]({ name, tool, work });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  writeFileSync(stamp(name), `${tool.version}\n`);
  console.log(`${name} took ${Math.round((Date.now() - started) / 1000)} s`);
}

// In workflows the names come as one word with spaces in it.
const asked = process.argv.slice(2).flatMap((word) => word.split(/[\s,]+/)).filter(Boolean);
const unknown = asked.filter((name) => name !== '--list' && !all[name]);
if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}. There are: ${Object.keys(all).join(', ')}`);
if (asked.includes('--list')) for (const [name, { version }] of Object.entries(all)) console.log(`${name.padEnd(16)} ${version.padEnd(10)} ${(checks[name] ? 'checks' : 'more').padEnd(7)} ${isInstalled(name) ? 'installed' : ''}`.trimEnd());
else for (const name of asked.length > 0 ? asked : Object.keys(checks)) await install(name);
