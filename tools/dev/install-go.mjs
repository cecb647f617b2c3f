// Builds Go programs at pinned versions. `go install name@version` would do for some, but refuses a program that needs
// `replace` lines; so each is the requirement of an empty module of its own. When: from `npm run tools:install`.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTool } from './find-tool.mjs';
import { run } from './install-programs.mjs';

function go() {
  const path = findTool('go');
  if (!path) throw new Error('Go 1.26 or newer is not on this machine, and these programs are built from source');
  return path;
}

const environment = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' };

/** The folder of a module's source in Go's cache, fetched when it is not there. */
export function moduleFolder(module) {
  return JSON.parse(execFileSync(go(), ['mod', 'download', '-json', module], { env: environment, encoding: 'utf8' })).Dir;
}

/** helm takes the Kubernetes version that it renders for from the linker; without one it is 1.20. */
function kubernetesFlags(module) {
  const mod = readFileSync(join(moduleFolder(module), 'go.mod'), 'utf8');
  const minor = /k8s\.io\/client-go v0\.(\d+)\./.exec(mod)?.[1];
  if (!minor) throw new Error(`${module} doesn't say which Kubernetes it is made for`);
  return ['pkg/chartutil', 'pkg/lint/rules'].flatMap((part) => {
    const variable = `helm.sh/helm/v3/${part}.k8sVersion`;
    return [`-X ${variable}Major=1`, `-X ${variable}Minor=${minor}`];
  });
}

const versionVariable = {
  helm: 'helm.sh/helm/v3/internal/version.version',
  kubeconform: 'main.version',
  gitleaks: 'github.com/zricethezav/gitleaks/v8/version.Version',
};

function linkerFlags(name, { go: module, version }) {
  const kubernetes = name.startsWith('helm') ? kubernetesFlags(`${module}@${version}`) : [];
  const own = versionVariable[name] ? [`-X ${versionVariable[name]}=${version}`] : [];
  return ['-s', '-w', ...kubernetes, ...own].join(' ');
}

export function installGo({ name, tool, root, work }) {
  const { go: module, package: folder, version, mod = [], tags = [], experiment = '' } = tool;
  writeFileSync(join(work, 'go.mod'), ['module build', 'go 1.26.0', `require ${module} ${version}`, ...mod, ''].join('\n'));
  const target = folder ? `${module}/${folder}` : module;
  const args = ['build', '-mod=mod', '-trimpath', '-tags', tags.join(','), '-ldflags', linkerFlags(name, tool), '-o', join(root, 'bin', name), target];
  run(go(), args, { cwd: work, env: { ...environment, GOEXPERIMENT: experiment } });
  if (name === 'helm-unittest') writeHelmPlugin(root, version);
  if (name === 'kubeconform') writeOfflineKubeconform(root);
}

/** helm finds it as a plugin, without the plugin's own script, which downloads a binary. */
function writeHelmPlugin(root, version) {
  const folder = join(root, 'helm-plugins', 'helm-unittest');
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, 'untt'), { force: true });
  symlinkSync(join(root, 'bin', 'helm-unittest'), join(folder, 'untt'));
  const lines = ['name: unittest', `version: ${version.slice(1)}`, 'usage: unit tests of charts', 'command: $HELM_PLUGIN_DIR/untt', ''];
  writeFileSync(join(folder, 'plugin.yaml'), lines.join('\n'));
}

/** kubeconform with the installed schemas and no network, strict, for Kubernetes $KUBERNETES_VERSION. */
function writeOfflineKubeconform(root) {
  const schemas = [
    'kubernetes/{{.NormalizedKubernetesVersion}}-local{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json',
    'crd/{{.Group}}_{{.ResourceKind}}_{{.ResourceAPIVersion}}.json',
  ].map((path) => `-schema-location "${join(root, 'schemas', path)}"`);
  const script = join(root, 'bin', 'kubeconform-offline');
  const command = [`exec "${join(root, 'bin', 'kubeconform')}" -strict -kubernetes-version "\${KUBERNETES_VERSION:-1.34.0}"`, ...schemas, '"$@"'];
  writeFileSync(script, `#!/bin/sh\n${command.join(' \\\n  ')}\n`);
  chmodSync(script, 0o755);
}
