// Holds the built images against what they promise: size, user, PID 1, read-only root, health check, labels, nothing
// that only builds, no secret, an orderly end. When: after a change of Dockerfile or dependencies; needs Docker and
// `npm run image:build` before. `npm run image:check [-- auth web] [-- --reproducible] [-- --at-rest] [-- --tag dev]`:
// 1–3 min; `--reproducible` builds everything twice more without cache and compares layer by layer, 5–10 min.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { conclude, table } from '../../tools/check/report';
import { root } from '../product/program';
import { Stack } from '../smoke/stack';
import { faultsOfConfig, faultsOfFiles, OWN_LIMIT_MB, ownMegabytes } from './at-rest';
import { docker, inspectImage, withOwnEntries } from './image';

const running = [...serviceNames, 'web'];
const bases = { node: process.env['NODE_IMAGE'] ?? 'node:24-trixie-slim', nginx: process.env['NGINX_IMAGE'] ?? 'nginxinc/nginx-unprivileged:stable' };

interface Container {
  readonly Config: { readonly Labels: Readonly<Record<string, string>> };
  readonly HostConfig: { readonly ReadonlyRootfs: boolean; readonly CapDrop: readonly string[] | null };
  readonly State: { readonly ExitCode: number; readonly OOMKilled: boolean; readonly Health?: { readonly Status: string } };
  readonly Id: string;
}

/** Starts the images as compose.yaml runs them, looks at each, tells all to end, and looks again. */
async function faultsWhileRunning(say: (name: string, fault: string) => void): Promise<void> {
  const stack = await Stack.prepare('muster-images');
  const containers = (): Array<[string, Container]> => {
    const ids = docker('ps', '--all', '--quiet', '--filter', `label=com.docker.compose.project=${stack.project}`).trim().split('\n');
    const all = JSON.parse(docker('container', 'inspect', ...ids)) as Container[];
    return all.map((one): [string, Container] => [one.Config.Labels['com.docker.compose.service'] ?? '', one]).filter(([name]) => running.includes(name));
  };
  try {
    await stack.up();
    for (const [name, { HostConfig, State, Id }] of containers()) {
      const first = docker('exec', Id, 'cat', '/proc/1/cmdline').split('\0');
      // start.sh stays in front of nginx: it passes the end on after the drain.
      const isRight = name === 'web' ? first[1] === '/app/nginx/start.sh' : /(^|\/)node$/.test(first[0] ?? '');
      if (!isRight) say(name, `PID 1 is ${first.join(' ')}`);
      if (!HostConfig.ReadonlyRootfs) say(name, 'its root file system can be written');
      if (!HostConfig.CapDrop?.includes('ALL')) say(name, 'it keeps capabilities');
      if (State.Health?.Status !== 'healthy') say(name, `it is ${State.Health?.Status ?? 'without health'}`);
      const written = docker('diff', Id).split('\n').filter((line) => line !== '' && !/^C \/(tmp|run|secrets)?$|^[AC] \/(run\/)?secrets/.test(line));
      if (written.length > 0) say(name, `it wrote ${written.slice(0, 3).join(', ')}`);
    }
    await stack.compose(['stop', '--timeout', '40'], 240);
    for (const [name, { State }] of containers()) if (State.ExitCode !== 0 || State.OOMKilled) say(name, `told to end, it ended with ${State.ExitCode}`);
  } finally {
    await stack.down();
  }
}

/** A layer's name is the digest of all that is in it: two builds that are the same have the same layers. */
function faultsOfBuildingAgain(names: readonly string[], say: (name: string, fault: string) => void): void {
  const tags = ['reproducible-1', 'reproducible-2'];
  for (const tag of tags) {
    const { status } = spawnSync(process.execPath, ['tools/release/images/build.mjs', ...names, '--tag', tag, '--no-cache'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`the images could not be built (${tag})`);
  }
  for (const name of names) {
    const [first = [], second = []] = tags.map((tag) => inspectImage(`muster/${name}:${tag}`).layers);
    if (first.length === 0 || first.join() !== second.join()) say(name, `two builds differ from layer ${first.findIndex((layer, at) => layer !== second[at])} on: docker history muster/${name}`);
  }
  docker('image', 'rm', ...tags.flatMap((tag) => names.map((name) => `muster/${name}:${tag}`)));
}

/** Paths of packages that the lock file marks as needed only to build. */
function buildOnly(): Set<string> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { dev?: boolean }> };
  return new Set(Object.entries(packages).filter(([, { dev }]) => dev === true).map(([path]) => path));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { tag: { type: 'string', default: 'dev' }, reproducible: { type: 'boolean', default: false }, 'at-rest': { type: 'boolean', default: false } },
  });
  const names = positionals.length > 0 ? positionals : [...running, 'setup'];
  const faults: Array<readonly [string, string]> = [];
  const say = (name: string, fault: string): void => void faults.push([name, fault]);
  const dev = buildOnly();
  const sizes: Record<string, number> = {};
  for (const name of names) {
    const tagged = `muster/${name}:${values.tag}`;
    const [image, base] = [inspectImage(tagged), inspectImage(name === 'web' ? bases.nginx : bases.node)];
    sizes[`${name}Mb`] = Math.round(ownMegabytes(image, base) * 10) / 10;
    // Setup's one package is among those that only build: it makes certificates where Muster is tried.
    const inFiles = withOwnEntries(tagged, base, (entries) => faultsOfFiles(entries, name === 'setup' ? new Set() : dev));
    for (const fault of [...faultsOfConfig(image, base), ...inFiles]) say(name, fault);
  }
  if (!values['at-rest']) await faultsWhileRunning(say);
  if (values.reproducible) faultsOfBuildingAgain(names, say);
  console.log(table(['image', 'own MB', 'faults'], names.map((name) => [name, sizes[`${name}Mb`] ?? 0, faults.filter(([of]) => of === name).length])));
  for (const [name, fault] of faults.slice(0, 60)) console.log(`FAULT ${name}: ${fault}`);
  conclude({
    name: 'images',
    figures: { images: names.length, ...sizes, started: String(!values['at-rest']), builtTwice: String(values.reproducible), faults: faults.length },
    aims: { ownMb: `≤ ${OWN_LIMIT_MB}`, faults: '0' },
    met: faults.length === 0,
  });
}

void main();
