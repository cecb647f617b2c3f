// The images that docker-bake.hcl builds, by name. When: imported by what checks, scans or releases them.
import { readFileSync } from 'node:fs';

/** @throws Error where they can't be read, so that nobody goes through an empty list and is content */
export function bakeImages() {
  const [, list = ''] = /image\s*=\s*\[([^\]]*)\]/.exec(readFileSync('docker-bake.hcl', 'utf8')) ?? [];
  const names = [...list.matchAll(/"([\w-]+)"/g)].map(([, name]) => name);
  if (names.length < 6) throw new Error('docker-bake.hcl: its images could not be read');
  return names;
}
