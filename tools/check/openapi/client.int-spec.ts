// A client that openapi-typescript makes of the served documents compiles, and walks the thread against the real product.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addDays } from '@muster/contracts/kernel/civil-time';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import { freePort } from '@muster/platform/testing/free-port';
import { runChild, type Child } from '../../../apps/standalone/test/run-child';
import { writeDocuments } from './documents';

interface Credentials {
  readonly email: string;
  readonly password: string;
}
type Walk = (baseUrl: string, people: Record<'worker' | 'contractor', Credentials>, day: string) => Promise<{ filled: number; messages: number; notices: number }>;

const root = join(__dirname, '..', '..', '..');
const node = (script: string, ...args: string[]) => spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, encoding: 'utf8' });

let folder: string;
let muster: Child;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-client-'));
  mkdirSync(join(folder, 'frontend', 'dist'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"version":"0.0.0"}');
  writeFileSync(join(folder, 'frontend', 'dist', 'index.html'), '<!doctype html><title>Muster</title>');
});
afterAll(async () => {
  muster?.process.kill('SIGTERM');
  await muster?.exited;
  rmSync(folder, { recursive: true, force: true });
});

it('compiles from the documents', () => {
  const documents = writeDocuments(join(folder, 'openapi'));
  for (const service of serviceNames) {
    const made = node('openapi-typescript/bin/cli.js', join(documents, `${service}.json`), '--output', join(__dirname, 'client/generated', `${service}.ts`));
    expect([service, made.status]).toEqual([service, 0]);
  }
  expect(node('typescript/bin/tsc', '--project', 'tools/check/openapi/client').stdout).toBe('');
}, 120_000);

it('walks the thread', async () => {
  const port = await freePort();
  muster = runChild('standalone-program.ts', [folder, '--port', String(port), '--demo']);
  await muster.says(/^Ready: /m);
  const people = Object.fromEntries(
    await Promise.all(
      (['worker', 'contractor'] as const).map(async (hat) => {
        const [, email = '', password = ''] = await muster.says(new RegExp(`^Sign in as ${hat}: (\\S+)\\s+(\\S.*)$`, 'm'));
        return [hat, { email, password }] as const;
      }),
    ),
  ) as Record<'worker' | 'contractor', Credentials>;
  const { walk } = (await import(join(__dirname, 'client/walk'))) as { walk: Walk };
  expect(await walk(`http://localhost:${port}`, people, addDays(new Clock().today('Asia/Kolkata'), 40))).toEqual({ filled: 1, messages: 2, notices: expect.any(Number) });
}, 180_000);
