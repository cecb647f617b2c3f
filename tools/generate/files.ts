// Files that are made from code and committed: which are not what they would be made as, and writing them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export const committed = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/** The files, by their path in the repository, whose committed text is another. */
export function staleFiles(files: Readonly<Record<string, string>>, read = committed): string[] {
  return Object.entries(files).filter(([file, wanted]) => read(file) !== wanted).map(([file]) => file);
}

export function writeFiles(files: Readonly<Record<string, string>>, names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(name), { recursive: true });
    writeFileSync(name, files[name] ?? '');
  }
}
