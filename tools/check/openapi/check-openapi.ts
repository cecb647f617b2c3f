// `npm run check:openapi`: Redocly's linter over the OpenAPI documents of the five services, and over one with a fault
// planted, which must be found; and a client that openapi-typescript makes of them compiles. That the client walks
// the thread, and that the product answers as the documents say, is seen by `npm run fuzz`. Run it after a change of contracts or of platform/openapi.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@muster/contracts/catalogue';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { openApiDocument } from '@muster/platform/openapi/document';

function passes(program: string, ...args: string[]): boolean {
  // The linter neither asks for a newer version of itself nor reports that it was used.
  const env = { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join('node_modules', program), ...args], { encoding: 'utf8', env });
  if (status !== 0) said = `${stdout}${stderr}`;
  return status === 0;
}
let said = '';
const lint = (...files: string[]): boolean => passes('@redocly/cli/bin/cli.js', 'lint', '--config', 'tools/check/openapi/redocly.yaml', '--format=stylish', ...files);

const folder = mkdtempSync(join(tmpdir(), 'muster-openapi-'));
try {
  const files = serviceNames.map((service) => join(folder, `${service}.json`));
  // As it is served under `docs/openapi.json`.
  serviceNames.forEach((service, index) => writeFileSync(files[index] ?? '', JSON.stringify(openApiDocument(service, routes[service], '/'), null, 1)));
  const planted = join(folder, 'planted.json');
  writeFileSync(planted, readFileSync(files[0] ?? '', 'utf8').replace('"type": "string"', '"type": "string", "dataClass": "personal"'));
  const generated = 'tools/check/openapi/client/generated';
  const checks: ReadonlyArray<readonly [failure: string, holds: () => boolean]> = [
    ['a property that OpenAPI does not know went unnoticed', () => !lint(planted)],
    ['the linter found a fault', () => lint(...files)],
    ...serviceNames.map((service, index) => [`no client can be made for ${service}`, () => passes('openapi-typescript/bin/cli.js', files[index] ?? '', '--output', join(generated, `${service}.ts`))] as const),
    ['the client does not compile', () => passes('typescript/bin/tsc', '--project', 'tools/check/openapi/client')],
  ];
  const failures = checks.filter(([, holds]) => !holds()).map(([failure]) => failure);
  if (failures.length > 0) console.error(`${failures.join('\n')}\n${said.replaceAll(`${folder}/`, '')}`);
  console.log(`check-openapi: ${checks.length - failures.length} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
