// Puts the programs that checks need and npm doesn't bring into ~/.cache/muster-tools (or $MUSTER_TOOLS), at the versions
// of install-tools.json. When: `npm run tools:install` for what `npm run check` uses, `-- k6 trivy` for these, `-- --list`.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDebian, installPip } from './install-programs.mjs';
import { installGo } from './install-go.mjs';
import { installCrds, installSchemas } from './install-schemas.mjs';
import { findTool, toolsFolder } from './find-tool.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { checks, more } = JSON.parse(readFileSync(join(here, 'install-tools.json'), 'utf8'));
const all = { ...checks, ...more };
const ways = { go: installGo, pip: installPip, debian: installDebian, schemas: installSchemas, crds: installCrds };
const root = toolsFolder();

/** Which version lies there; written last, so that an interrupted installation is done again. */
const stamp = (name) => join(root, 'versions', name);
const isStamped = (name) => existsSync(stamp(name)) && readFileSync(stamp(name), 'utf8').trim() === all[name].version;
/** Debian's lie outside the folder, which may come from a cache of another machine. */
const isInstalled = (name) => isStamped(name) && (!all[name].debian || findTool(name) !== undefined);

async function install(name) {
  const tool = all[name];
  if (isInstalled(name)) {
    console.log(`${name} ${tool.version} is there`);
    return;
  }
  const started = Date.now();
  console.log(`${name} ${tool.version} …`);
  const work = join(root, 'build', name);
  for (const folder of [work, stamp(name)]) rmSync(folder, { recursive: true, force: true });
  for (const folder of [work, join(root, 'bin'), join(root, 'versions')]) mkdirSync(folder, { recursive: true });
  const [, way] = Object.entries(ways).find(([key]) => tool[key]);
  try {
    await way({ name, tool, root, work });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  writeFileSync(stamp(name), `${tool.version}\n`);
  console.log(`${name} took ${Math.round((Date.now() - started) / 1000)} s`);
}

// In workflows the names come as one word with spaces in it.
const asked = process.argv.slice(2).flatMap((word) => word.split(/[\s,]+/)).filter(Boolean);
if (asked.includes('--list')) {
  for (const [name, { version }] of Object.entries(all)) {
    console.log(`${name.padEnd(16)} ${version.padEnd(10)} ${(checks[name] ? 'checks' : 'more').padEnd(7)} ${isInstalled(name) ? 'installed' : ''}`.trimEnd());
  }
} else {
  const unknown = asked.filter((name) => !all[name]);
  if (unknown.length > 0) {
    console.error(`unknown: ${unknown.join(', ')}. There are: ${Object.keys(all).join(', ')}`);
    process.exit(2);
  }
  for (const name of asked.length > 0 ? asked : Object.keys(checks)) await install(name);
}
