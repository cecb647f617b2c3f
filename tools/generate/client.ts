// Writes frontend/src/lib/api/generated.ts from the contracts' routes; `--check` fails where it is stale. After every change of a contract.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientSource } from './client/client-source';
import { routes } from '../../libs/contracts/src/catalogue';
import type { Route } from '../../libs/contracts/src/kernel/route';

const root = join(__dirname, '..', '..');
const target = join(root, 'frontend/src/lib/api/generated.ts');

/** All routes that a browser may call, in the order of their ids, so that the file never changes by itself. */
export function publicRoutes(): Route[] {
  return Object.values(routes)
    .flat()
    .filter((route) => route.access.kind !== 'service')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function generatedClient(): string {
  return clientSource(publicRoutes());
}

if (require.main === module) {
  const wanted = generatedClient();
  const present = existsSync(target) ? readFileSync(target, 'utf8') : '';
  if (!process.argv.includes('--check')) {
    if (present !== wanted) writeFileSync(target, wanted);
    console.log(`${publicRoutes().length} routes → frontend/src/lib/api/generated.ts`);
  } else if (present !== wanted) {
    console.error('frontend/src/lib/api/generated.ts is stale: run tools/generate/client.ts');
    process.exitCode = 1;
  }
}
