import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '@muster/contracts/kernel/ids';

const root = join(__dirname, '..', '..');

/** What those source files of the service export in which `mark` is found; tests and their fixtures are left out. */
export function markedExports(service: ServiceName, mark: RegExp): unknown[] {
  const source = join(root, 'apps', service, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !/spec|fixture/.test(file));
  const marked = files.filter((file) => mark.test(readFileSync(join(source, file), 'utf8'))).sort();
  return marked.flatMap((file) => Object.values(require(join(source, file)) as Record<string, unknown>));
}
