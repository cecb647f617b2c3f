// `npm run fuzz`: the thread of the product, walked with a client that is made of the OpenAPI documents (it compiles in
// `npm run check:openapi`), then schemathesis with all its checks over the OpenAPI documents of the five services of one running Muster,
// signed in as somebody with both hats. Fixed seed and 12 examples a route, as in CI, take 2 min; a longer run:
// `npm run fuzz -- --examples 300 --seed 7`. What it may expect of a route comes from expectations.ts.
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { putOnHat } from '@muster/contracts/auth/routes';
import { addDays } from '@muster/contracts/kernel/civil-time';
import { publicPrefixes, serviceNames } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import { freePort } from '@muster/platform/testing/free-port';
import { toolOrNotice } from '../../tools/dev/find-tool.mjs';
import { endTogether, temporaryFolder } from '../product/program';
import { build, Standalone } from '../product/standalone';
import { Visitor } from '../product/visitor';
import { expectationsFile } from './expectations';

const { values: asked } = parseArgs({ options: { examples: { type: 'string', default: '12' }, seed: { type: 'string', default: '20261129' } } });
interface Credentials {
  readonly email: string;
  readonly password: string;
}
type Walk = (baseUrl: string, people: Record<'worker' | 'contractor', Credentials>, day: string) => Promise<{ filled: number; messages: number; notices: number }>;

/** `any` is a new one each time; it is printed, so that a run can be made again. */
const seed = asked.seed === 'any' ? String(randomInt(2 ** 31)) : asked.seed;

/** Whether the thread came to its end: one place filled, both messages there, the contractor told. */
async function walkWithClient(origin: string, people: Parameters<Walk>[1]): Promise<boolean> {
  // Named at run time: its types are of files that only `npm run check:openapi` makes.
  const { walk } = (await import(join(__dirname, '../../tools/check/openapi/client/walk'))) as { walk: Walk };
  const came = await walk(origin, people, addDays(new Clock().today('Asia/Kolkata'), 40));
  const whole = came.filled === 1 && came.messages === 2 && came.notices > 0;
  console.log(`a client made of the documents ${whole ? 'walked the thread' : `came to ${JSON.stringify(came)}`}`);
  return whole;
}

async function main(): Promise<void> {
  const program = toolOrNotice('schemathesis', 'requests made from the OpenAPI documents');
  if (!program) return;
  endTogether();
  build('standalone', 'frontend');
  const folder = temporaryFolder('fuzz');
  const config = join(folder, 'schemathesis.toml');
  writeFileSync(config, expectationsFile());
  const product = new Standalone({ data: join(folder, 'data'), port: await freePort(), arguments: ['--demo'] });
  await product.start();
  const credentials = (hat: string): Credentials => {
    const [, email = '', password = ''] = new RegExp(`^Sign in as ${hat}: (\\S+)\\s+(\\S.*)$`, 'm').exec(product.output) ?? [];
    return { email, password };
  };
  const { email, password } = credentials('worker');
  const walked = await walkWithClient(product.origin, { worker: credentials('worker'), contractor: credentials('contractor') });
  /** Each service gets a new token, for it lives five minutes only. */
  const signIn = (): Promise<Visitor> => Visitor.signIn({ origin: product.origin, codeFor: () => Promise.reject(new Error('nobody signs up here')) }, email, 'worker', password);
  await (await signIn()).call(putOnHat, { params: { hat: 'contractor' }, body: {} });
  let failed = walked ? 0 : 1;
  let cases = 0;
  for (const service of serviceNames) {
    const { bearer } = await signIn();
    const args = [
      '--config-file', config, 'run', `${product.origin}${publicPrefixes[service]}/docs/openapi.json`, '--checks', 'all', '--seed', seed, '--max-examples', asked.examples,
      '--header', `Authorization: ${bearer}`, '--continue-on-failure', '--warnings', 'off', '--no-color', '--generation-database', ':memory:',
      // A route that signs somebody out would take the token of this very run; it has tests of its own.
      '--exclude-operation-id', 'auth.signOut', '--exclude-operation-id', 'auth.endSession',
    ];
    const { stdout, code } = await promisify(execFile)(program, args, { cwd: folder, maxBuffer: 256 << 20 }).then((said) => ({ ...said, code: 0 }), (error: { stdout: string; code: number }) => error);
    const made = Number(/(\d+) generated/.exec(stdout)?.[1] ?? 0);
    cases += made;
    if (code !== 0 || made === 0) {
      failed += 1;
      console.error(stdout);
    }
    console.log(`${service.padEnd(14)} ${made} requests, ${code === 0 ? 'no finding' : 'findings above'}`);
  }
  await product.end();
  console.log(`fuzz: ${cases} requests, seed ${seed}; ${serviceNames.length + 1 - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void main();
