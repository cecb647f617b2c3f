// Builds what is stale, libraries first: `npm run build`, `npm run build -- auth matching` (and what they need), `--force`, `--quiet`, `--installed` (installs nothing first).
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closure, fingerprint, workspaces } from './build/workspaces.mjs';
import { explain, installPackages, orSay } from './install-packages.mjs';
import { endWithNpm } from './run-command.mjs';

const here = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Brings every named workspace (default: all) up to date and returns the names of those that were stale. */
export async function build({ root = here, names = [], force = false, say = () => undefined } = {}) {
  const all = workspaces(root);
  const stale = [];
  for (const workspace of closure(all, names.length > 0 ? names : all.map(({ name }) => name))) {
    const folder = join(root, workspace.folder);
    if (!workspace.isWebApp && !existsSync(join(folder, 'src'))) continue;
    const dist = join(folder, 'dist');
    const stamp = join(dist, '.build-stamp');
    const present = fingerprint(root, workspace);
    if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === present) continue;
    say(workspace.folder);
    rmSync(stamp, { force: true }); // a build that is interrupted stays stale
    const { emitNode, emitWebApp } = await import('./build/emit.mjs');
    await (workspace.isWebApp ? emitWebApp : emitNode)(root, workspace);
    mkdirSync(dist, { recursive: true });
    writeFileSync(stamp, present);
    stale.push(workspace.name);
  }
  return stale;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  endWithNpm();
  // An image's build has installed what it needs, and no more than that.
  if (!flags.includes('--installed')) await orSay('It could not be built', () => installPackages());
  try {
    const started = Date.now();
    const built = await build({ names, force: flags.includes('--force'), say: (folder) => console.log(`Building ${folder} …`) });
    if (built.length > 0) console.log(`Built ${built.length} in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
    else if (!flags.includes('--quiet')) console.log('Nothing is stale.');
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
