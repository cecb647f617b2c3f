// `npm run check:openapi`: Redocly's linter over the OpenAPI documents of the five services, and over one with a fault
// planted, which must be found. Run it after a change of contracts or of platform/openapi.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@muster/contracts/kernel/ids';
import { writeDocuments } from './documents';

const root = join(__dirname, '..', '..', '..');

function lint(files: readonly string[]): { clean: boolean; output: string } {
  const redocly = join(root, 'node_modules/@redocly/cli/bin/cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [redocly, 'lint', '--config', join(__dirname, 'redocly.yaml'), '--format=stylish', ...files], {
    encoding: 'utf8',
    // The linter neither asks for a newer version of itself nor reports that it was used.
    env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' },
  });
  return { clean: status === 0, output: `${stdout}${stderr}` };
}

const folder = writeDocuments();
try {
  const files = serviceNames.map((service) => join(folder, `${service}.json`));
  const { clean, output } = lint(files);
  if (!clean) console.error(output.replaceAll(`${folder}/`, ''));
  const planted = join(folder, 'planted.json');
  writeFileSync(planted, readFileSync(files[0] ?? '', 'utf8').replace('"type": "string"', '"type": "string", "dataClass": "personal"'));
  const missed = lint([planted]).clean;
  if (missed) console.error('a property that OpenAPI does not know went unnoticed');
  const failed = (clean ? 0 : 1) + (missed ? 1 : 0);
  console.log(`check-openapi: ${files.length + 1 - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
