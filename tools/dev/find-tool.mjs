// Where the programs are that checks need and npm doesn't bring (helm, actionlint, gitleaks …); `npm run tools:install`
// gets them, and its `-- --list` says which are there.
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The folder of `npm run tools:install`: its `bin` holds programs, beside it lie schemas, CRDs and helm's plugins. */
export function toolsFolder() {
  return process.env.MUSTER_TOOLS || join(homedir(), '.cache', 'muster-tools');
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The program's path, or undefined: first what is on the PATH, then what `npm run tools:install` put down. */
export function findTool(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), join(toolsFolder(), 'bin')];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

/** An environment in which the tools find each other and helm finds its plugins. */
export function toolEnvironment() {
  const path = [process.env.PATH, join(toolsFolder(), 'bin')].filter(Boolean).join(delimiter);
  return { ...process.env, PATH: path, HELM_PLUGINS: process.env.HELM_PLUGINS ?? join(toolsFolder(), 'helm-plugins') };
}

/**
 * The program's path. Where it is absent: undefined and a notice that its part is left out, so that a laptop without
 * it can still check the rest; with REQUIRE_TOOLS=1, as in CI, the process is red at its end.
 */
export function toolOrNotice(name, without = `what ${name} checks`) {
  const path = findTool(name);
  if (path) return path;
  if (process.env.REQUIRE_TOOLS === '1') {
    console.error(`✗ ${name} is not on this machine, and REQUIRE_TOOLS=1 asks for it (npm run tools:install -- ${name}).`);
    process.exitCode = 1;
    // A check that sets its own status at its end must not lose this one.
    process.once('exit', () => (process.exitCode = process.exitCode || 1));
  } else console.log(`Left out, because ${name} is not on this machine (npm run tools:install -- ${name}): ${without}.`);
  return undefined;
}
