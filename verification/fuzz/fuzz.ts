// `npm run fuzz`: schemathesis with all its checks over the OpenAPI documents of the five services of one running Muster,
// signed in as somebody with both hats. Fixed seed and 12 examples a route, as in CI, take 2 min; a longer run:
// `npm run fuzz -- --examples 300 --seed 7`. What it may expect of a route comes from expectations.ts.
import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { putOnHat, signIn } from '@muster/contracts/auth/routes';
import { publicPrefixes, serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { freePort } from '@muster/platform/testing/free-port';
import { toolOrNotice } from '../../tools/dev/find-tool.mjs';
import { Product } from '../crash/product';
import { expectationsFile } from './expectations';

const { values: asked } = parseArgs({ options: { examples: { type: 'string', default: '12' }, seed: { type: 'string', default: '20261129' } } });
/** `any` is a new one each time; it is printed, so that a run can be made again. */
const seed = asked.seed === 'any' ? String(randomInt(2 ** 31)) : asked.seed;

interface Credentials {
  readonly email: string;
  readonly password: string;
}

async function post(url: string, method: string, body: unknown, token?: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** A token for both hats; each service gets a new one, for it lives five minutes only. */
async function token(address: string, credentials: Credentials): Promise<string> {
  const { accessToken } = (await post(`${address}${signIn.path}`, signIn.method, credentials)) as { accessToken: string };
  return accessToken;
}

function schemathesis(program: string, config: string, service: ServiceName, address: string, accessToken: string): Promise<{ status: number | null; output: string }> {
  const document = `${address}${publicPrefixes[service]}/docs/openapi.json`;
  const args = [
    '--config-file', config, 'run', document, '--checks', 'all', '--seed', seed, '--max-examples', asked.examples,
    '--header', `Authorization: Bearer ${accessToken}`, '--continue-on-failure', '--warnings', 'off', '--no-color', '--generation-database', ':memory:',
    // A route that signs somebody out would take the token of this very run; it has tests of its own.
    '--exclude-operation-id', 'auth.signOut', '--exclude-operation-id', 'auth.endSession',
  ];
  const child = spawn(program, args, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output }));
  });
}

async function main(): Promise<void> {
  const program = toolOrNotice('schemathesis', 'requests made from the OpenAPI documents');
  if (!program) return;
  const built = spawnSync(process.execPath, [join(__dirname, '../../tools/dev/build.mjs'), '--quiet', 'standalone', 'frontend'], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('Muster could not be built');
  const data = mkdtempSync(join(tmpdir(), 'muster-fuzz-'));
  const config = `${data}.toml`;
  writeFileSync(config, expectationsFile());
  const product = new Product({ program: [join(__dirname, '../../apps/standalone/dist/main.js'), '--demo'], data, port: await freePort() });
  let failed = 0;
  let cases = 0;
  try {
    await product.start();
    const [, email = '', password = ''] = /^Sign in as worker: (\S+)\s+(\S.*)$/m.exec(product.output) ?? [];
    const address = product.address;
    await post(`${address}${putOnHat.path.replace(':hat', 'contractor')}`, putOnHat.method, {}, await token(address, { email, password }));
    for (const service of serviceNames) {
      const { status, output } = await schemathesis(program, config, service, address, await token(address, { email, password }));
      const made = Number(/(\d+) generated/.exec(output)?.[1] ?? 0);
      cases += made;
      if (status !== 0 || made === 0) {
        failed += 1;
        console.error(output);
      }
      console.log(`${service.padEnd(14)} ${made} requests, ${status === 0 ? 'no finding' : 'findings above'}`);
    }
  } finally {
    await product.end();
    for (const path of [data, config]) rmSync(path, { recursive: true, force: true });
  }
  console.log(`fuzz: ${cases} requests, seed ${seed}; ${serviceNames.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
