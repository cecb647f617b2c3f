import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTar, type Entry } from './tar';

export interface Image {
  readonly name: string;
  readonly size: number;
  readonly layers: readonly string[];
  readonly config: {
    readonly User: string;
    readonly Cmd: readonly string[] | null;
    readonly Entrypoint: readonly string[] | null;
    readonly Env: readonly string[];
    readonly Labels: Readonly<Record<string, string>> | null;
    readonly Healthcheck?: { readonly Test: readonly string[] };
  };
}

export function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** @throws Error when there is no such image */
export function inspectImage(name: string): Image {
  const [found] = JSON.parse(docker('image', 'inspect', name)) as Array<{ Size: number; RootFS: { Layers: string[] }; Config: Image['config'] }>;
  if (!found) throw new Error(`there is no image ${name}`);
  return { name, size: found.Size, layers: found.RootFS.Layers, config: found.Config };
}

/** What each image holds over its base: the entries of its own layers, in their order. */
export function ownEntries<T>(images: ReadonlyArray<{ image: Image; base: Image }>, use: (entries: ReadonlyMap<string, readonly Entry[]>) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'muster-images-'));
  try {
    docker('save', '--output', join(folder, 'all.tar'), ...images.map(({ image }) => image.name));
    execFileSync('tar', ['-xf', join(folder, 'all.tar'), '-C', folder]);
    rmSync(join(folder, 'all.tar'));
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Array<{ RepoTags: string[]; Layers: string[] }>;
    const known = new Map<string, Entry[]>();
    const entriesOf = (layer: string): Entry[] => {
      const entries = known.get(layer) ?? readTar(join(folder, layer));
      known.set(layer, entries);
      return entries;
    };
    const all = images.map(({ image, base }): [string, Entry[]] => {
      const saved = manifest.find(({ RepoTags }) => RepoTags.includes(image.name));
      return [image.name, (saved?.Layers ?? []).slice(base.layers.length).flatMap(entriesOf)];
    });
    return use(new Map(all));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
