// Holds the built images against what they promise: size, user, PID 1, read-only root, health check, labels, nothing
// that only builds, no secret, an orderly end. When: after a change of Dockerfile or dependencies; needs Docker and
// `npm run image:build` before. `npm run image:check [-- auth web] [-- --reproducible] [-- --at-rest] [-- --tag dev]`:
// 1–3 min; `--reproducible` builds everything twice more without cache and compares file by file, 5–10 min.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { conclude, table } from '../../tools/check/report';
import { faultsAtRest, ownMegabytes } from './at-rest';
import { inspectImage, ownEntries, type Image } from './docker';
import { differences } from './reproducible';
import { faultsWhileRunning } from './running';

const root = join(__dirname, '..', '..');
const all = ['auth', 'user', 'matching', 'communication', 'notification', 'web', 'setup'];
const bases = { node: process.env['NODE_IMAGE'] ?? 'node:24-trixie-slim', nginx: process.env['NGINX_IMAGE'] ?? 'nginxinc/nginx-unprivileged:stable' };

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { tag: { type: 'string', default: 'dev' }, reproducible: { type: 'boolean', default: false }, 'at-rest': { type: 'boolean', default: false } },
  });
  const names = positionals.length > 0 ? positionals : all;
  const pairs = names.map((name) => ({ name, image: inspectImage(`muster/${name}:${values.tag}`), base: inspectImage(name === 'web' ? bases.nginx : bases.node) }));
  const faults = new Map<string, string[]>(names.map((name) => [name, []]));
  const dev = buildOnly(); // setup's one package is among them: it makes certificates where Muster is tried

  const files = ownEntries(pairs, (entries) => {
    for (const { name, image, base } of pairs) faults.get(name)?.push(...faultsAtRest(image, base, entries.get(image.name) ?? [], name === 'setup' ? new Set() : dev));
    return new Map(pairs.map(({ name, image }) => [name, entries.get(image.name)?.filter(({ type }) => type === '0').length ?? 0]));
  });
  if (!values['at-rest']) for (const [name, found] of await faultsWhileRunning()) faults.get(name)?.push(...found);
  if (values.reproducible) for (const [name, found] of await differences(names)) faults.get(name)?.push(...found);

  console.log(table(['image', 'own MB', 'files', 'user', 'faults'], pairs.map(({ name, image, base }) => row(name, image, base, files.get(name) ?? 0, faults.get(name) ?? []))));
  for (const [name, found] of faults) for (const fault of found.slice(0, 20)) console.log(`FAULT ${name}: ${fault}`);
  const count = [...faults.values()].reduce((sum, found) => sum + found.length, 0);
  const largest = Math.max(...pairs.map(({ image, base }) => ownMegabytes(image, base)));
  const sizes = Object.fromEntries(pairs.map(({ name, image, base }) => [`${name}Mb`, Math.round(ownMegabytes(image, base) * 10) / 10]));
  conclude({
    name: 'images',
    figures: { images: names.length, ...sizes, started: String(!values['at-rest']), builtTwice: String(values.reproducible), faults: count },
    aims: { ownMb: '≤ 80', faults: '0' },
    met: count === 0 && largest <= 80,
  });
}

function row(name: string, image: Image, base: Image, files: number, faults: readonly string[]): Array<string | number> {
  return [name, ownMegabytes(image, base).toFixed(1), files, image.config.User, faults.length];
}

/** Paths of packages that the lock file marks as needed only to build. */
function buildOnly(): Set<string> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { dev?: boolean }> };
  return new Set(Object.entries(packages).filter(([, { dev }]) => dev === true).map(([path]) => path));
}

void main();
