// Builds the images of all services, the web app and setup, or those named: `npm run image:build [-- auth web] [--tag dev]
// [--no-cache]`. Version is package.json's, revision and time the commit's; needs Docker with buildx.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** What the images of this checkout say of themselves, as the environment that docker-bake.hcl reads. */
export function facts() {
  const git = (...args) => {
    try {
      return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      return ''; // a source archive has no history
    }
  };
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    VERSION: version,
    REVISION: git('rev-parse', 'HEAD') || 'unknown',
    SOURCE_DATE_EPOCH: git('log', '-1', '--format=%ct') || '0',
  };
}

/**
 * @param {string[]} images names of targets; none: all
 * @param {{ tag?: string, noCache?: boolean }} options
 * @throws Error when the build fails
 */
export function buildImages(images, { tag = 'dev', noCache = false } = {}) {
  const args = ['buildx', 'bake', '--file', 'docker-bake.hcl', '--load', '--progress', 'plain', ...(noCache ? ['--no-cache'] : []), ...images];
  const run = spawnSync('docker', args, { cwd: root, stdio: 'inherit', env: { ...facts(), ...process.env, TAG: tag } });
  if (run.status !== 0) throw new Error(run.error?.message ?? 'the images could not be built');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { tag: { type: 'string', default: 'dev' }, 'no-cache': { type: 'boolean', default: false } },
  });
  try {
    buildImages(positionals, { tag: values.tag, noCache: values['no-cache'] });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
