// What the workspaces are, what each needs, and what each is built from.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

/**
 * @typedef {{ name: string, folder: string, needs: string[], isWebApp: boolean }} Workspace
 * `name` is the folder's, `needs` the names of the workspaces it depends on.
 */

/** All workspaces with source, those that others need first. @returns {Workspace[]} */
export function workspaces(root) {
  const { workspaces: patterns } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folders = patterns.flatMap((pattern) =>
    pattern.endsWith('/*') ? readdirSync(join(root, pattern.slice(0, -2))).sort().map((name) => join(pattern.slice(0, -2), name)) : [pattern],
  );
  const found = folders
    .filter((folder) => existsSync(join(root, folder, 'src')))
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      const needs = Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith('@muster/'));
      return { name: basename(folder), folder, needs: needs.map((name) => name.slice('@muster/'.length)), isWebApp: existsSync(join(root, folder, 'index.html')) };
    });
  return inOrder(found);
}

/** Those named and everything they need. @param {Workspace[]} all */
export function closure(all, names) {
  const wanted = new Set();
  const want = (name) => {
    const workspace = all.find((one) => one.name === name);
    if (!workspace) throw new Error(`There is no workspace "${name}"; there are: ${all.map((one) => one.name).join(', ')}.`);
    if (wanted.has(name)) return;
    wanted.add(name);
    workspace.needs.forEach(want);
  };
  names.forEach(want);
  return all.filter(({ name }) => wanted.has(name));
}

function inOrder(all) {
  const done = [];
  const place = (workspace) => {
    if (done.includes(workspace)) return;
    for (const need of workspace.needs) {
      const needed = all.find(({ name }) => name === need);
      if (needed) place(needed);
    }
    done.push(workspace);
  };
  all.forEach(place);
  return done;
}

const leftOut = new Set(['node_modules', 'dist', 'test', 'testing', 'e2e', '.types', 'coverage', 'test-results']);
const isTest = (name) => /\.(spec|int-spec|e2e|type-test)\.tsx?$/.test(name);

/** Files below `folder` that count for the build, sorted, relative to it; tests and test folders are left out. */
export function sourceFiles(folder) {
  if (!existsSync(folder)) return [];
  const files = [];
  const walk = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (leftOut.has(entry.name)) continue;
      if (entry.isDirectory()) walk(join(path, entry.name));
      else if (!isTest(entry.name) && !entry.name.endsWith('.tsbuildinfo')) files.push(relative(folder, join(path, entry.name)));
    }
  };
  walk(folder);
  return files.sort();
}

/** A hash of everything that a build of the workspace depends on. @param {Workspace} workspace */
export function fingerprint(root, workspace) {
  const hash = createHash('sha256');
  const add = (label, path) => hash.update(`${label}\0`).update(readFileSync(path)).update('\0');
  for (const name of ['.swcrc', 'package-lock.json']) add(name, join(root, name));
  for (const name of sourceFiles(join(root, 'tools/dev/build'))) add(name, join(root, 'tools/dev/build', name));
  const folder = join(root, workspace.folder);
  for (const name of sourceFiles(folder)) add(name, join(folder, name));
  return hash.digest('hex');
}
