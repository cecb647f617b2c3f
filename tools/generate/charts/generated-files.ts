// Files that are made from code and committed: reading one, finding those that are not what they would be made as, and
// the command that writes or checks them. When: imported by what makes a part of the charts.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..', '..');

/** A committed file's text; undefined where there is none. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}

/** The files, by their path in the repository, whose committed text is another. */
export function staleFiles(files: Readonly<Record<string, string>>, read: (file: string) => string | undefined = textOf): string[] {
  return Object.entries(files).filter(([file, wanted]) => read(file) !== wanted).map(([file]) => file);
}

/** Writes the stale ones; with `--check` it only names them, and fails. */
export function writeOrCheck(what: string, files: Readonly<Record<string, string>>): void {
  const stale = staleFiles(files);
  if (process.argv.includes('--check')) {
    for (const file of stale) console.error(`${file} is stale: npm run generate`);
    if (stale.length > 0) process.exitCode = 1;
  } else {
    for (const file of stale) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), files[file] ?? '');
    }
  }
  console.log(`${what}: ${Object.keys(files).length} files, ${stale.length} ${process.argv.includes('--check') ? 'stale' : 'written'}`);
}
