import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Image {
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

/** A file of an image's own layers, as tar lists it. */
export interface Entry {
  readonly path: string;
  /** As `ls -l` shows them: `-rw-r--r--`. */
  readonly permissions: string;
  /** Numbers: `0/0`. */
  readonly owner: string;
  /** Undefined for what is no file. */
  readonly content?: () => string;
}

const run = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: 'utf8', maxBuffer: 256 << 20, stdio: ['ignore', 'pipe', 'pipe'] });
export const docker = (...args: string[]): string => run('docker', ...args);

/** @throws Error when there is no such image */
export function inspectImage(name: string): Image {
  const [found] = JSON.parse(docker('image', 'inspect', name)) as [{ Size: number; RootFS: { Layers: string[] }; Config: Image['config'] }];
  return { size: found.Size, layers: found.RootFS.Layers, config: found.Config };
}

/** What an image holds over its base. The contents can be read until `use` returns. */
export function withOwnEntries<T>(name: string, base: Image, use: (entries: readonly Entry[]) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'muster-image-'));
  try {
    docker('save', '--output', join(folder, 'image.tar'), name);
    run('tar', '-xf', join(folder, 'image.tar'), '-C', folder);
    const [{ Layers }] = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as [{ Layers: string[] }];
    return use(Layers.slice(base.layers.length).flatMap((layer, at) => entriesOf(join(folder, layer), join(folder, `content-${at}`))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function entriesOf(layer: string, folder: string): Entry[] {
  mkdirSync(folder);
  run('tar', '-xf', layer, '-C', folder, '--no-same-owner', '--no-same-permissions', '--mode=u+rwX');
  // -rw-r--r-- 0/0  1234 2026-11-30 01:02 app/main.js
  const form = /^(\S{10})\S*\s+(\S+)\s+\S+\s+\S+\s+\S+\s+(.*?)( -> .*| link to .*)?$/;
  return run('tar', '--numeric-owner', '-tvf', layer).split('\n').flatMap((line): Entry[] => {
    const [, permissions = '', owner = '', path = ''] = form.exec(line) ?? [];
    if (path === '') return [];
    const content = permissions.startsWith('-') ? { content: () => readFileSync(join(folder, path), 'latin1') } : {};
    return [{ path: path.replace(/^\.\//, ''), permissions, owner, ...content }];
  });
}
