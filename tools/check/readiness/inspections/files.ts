// That something is there at all: for evidence whose contents another line judges, or that is still to come.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Inspection } from '../line';

export const fileExists = (path: string): Inspection => (root) => (existsSync(join(root, path)) ? { figure: path, faults: [] } : { figure: '', faults: [`${path} is not there`] });

/** At least one file below the folder whose path looks so. */
export const someFile = (folder: string, pattern: RegExp): Inspection => (root) => {
  const all = existsSync(join(root, folder)) ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }) : [];
  const found = all.filter((path) => pattern.test(path)).length;
  return { figure: `${found} files`, faults: found > 0 ? [] : [`nothing below ${folder} looks like ${pattern.source}`] };
};
