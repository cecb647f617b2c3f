// Which installed packages a workspace or a package needs at run time, found as Node finds them.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The folder in which `name` is found by a module in `from`, or undefined. */
function resolveFrom(root, from, name) {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
    if (folder === root || folder === dirname(folder)) return undefined;
  }
}

/**
 * Folders, relative to `root`, of all packages that those named need, themselves included. Workspaces of Muster are
 * left out of the result, and what they need is in it.
 *
 * @param {string} root an installation: package.json, node_modules and the manifests of the workspaces
 * @param {string[]} folders where to begin, relative to `root`
 */
export function closure(root, folders) {
  const found = new Set();
  const waiting = folders.map((folder) => join(root, folder));
  for (const seen = new Set(); waiting.length > 0; ) {
    const folder = waiting.pop();
    if (seen.has(folder)) continue;
    seen.add(folder);
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifestOf(folder);
    const inModules = folder.includes('/node_modules/');
    if (inModules) found.add(relative(root, folder));
    const mayMiss = (name) => name in optionalDependencies || peerDependenciesMeta[name]?.optional;
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      if (name.startsWith('@types/')) continue;
      const place = name.startsWith('@muster/') ? workspace(root, name) : resolveFrom(root, folder, name);
      if (place) waiting.push(place);
      // A peer that nobody installed was not needed to install; a dependency that is missing is a broken image.
      else if (name in dependencies && !mayMiss(name)) throw new Error(`${relative(root, folder)} needs ${name}, which is not installed`);
    }
  }
  return [...found].sort();
}

/** Folder of a workspace by its package's name. */
export function workspace(root, name) {
  const short = name.slice('@muster/'.length);
  const folder = ['apps', 'libs'].map((group) => join(root, group, short)).find((each) => existsSync(join(each, 'package.json')));
  if (!folder) throw new Error(`there is no workspace ${name}`);
  return folder;
}

/** Folders of the workspaces that one needs, itself first. */
export function workspacesOf(root, folder) {
  const wanted = new Set();
  const want = (place) => {
    if (wanted.has(place)) return;
    wanted.add(place);
    for (const name of Object.keys(manifestOf(join(root, place)).dependencies ?? {})) {
      if (name.startsWith('@muster/')) want(relative(root, workspace(root, name)));
    }
  };
  want(folder);
  return [...wanted];
}
