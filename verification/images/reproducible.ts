import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { docker, inspectImage, ownEntries } from './docker';
import type { Entry } from './tar';

const root = join(__dirname, '..', '..');

/** Builds the images twice from nothing and says in which files of their own layers the two differ. */
export async function differences(names: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const tags = ['reproducible-1', 'reproducible-2'] as const;
  for (const tag of tags) {
    const run = spawnSync(process.execPath, ['tools/release/images/build.mjs', ...names, '--tag', tag, '--no-cache'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    if (run.status !== 0) throw new Error(`the images could not be built (${tag})`);
  }
  const [first, second] = tags.map((tag) => contentOf(names, tag));
  docker('image', 'rm', ...tags.flatMap((tag) => names.map((name) => `muster/${name}:${tag}`)));
  return new Map(names.map((name) => [name, compare(first?.get(name) ?? new Map(), second?.get(name) ?? new Map())]));
}

/** By path, all that a layer's digest depends on. */
function contentOf(names: readonly string[], tag: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const base = (name: string) => inspectImage(name === 'web' ? (process.env['NGINX_IMAGE'] ?? 'nginxinc/nginx-unprivileged:stable') : (process.env['NODE_IMAGE'] ?? 'node:24-trixie-slim'));
  const pairs = names.map((name) => ({ image: inspectImage(`muster/${name}:${tag}`), base: base(name) }));
  const described = ({ type, mode, owner, modified, size, link, digest }: Entry) => JSON.stringify({ type, mode, owner, modified, size, link, digest });
  return ownEntries(pairs, (entries) => new Map(names.map((name) => [name, new Map((entries.get(`muster/${name}:${tag}`) ?? []).map((entry) => [entry.path, described(entry)]))])));
}

function compare(first: ReadonlyMap<string, string>, second: ReadonlyMap<string, string>): string[] {
  const paths = new Set([...first.keys(), ...second.keys()]);
  if (paths.size === 0) return ['nothing to compare'];
  return [...paths].filter((path) => first.get(path) !== second.get(path)).map((path) => `two builds differ in ${path}: ${first.get(path) ?? 'missing'} and ${second.get(path) ?? 'missing'}`);
}
