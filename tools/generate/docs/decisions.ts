// Holds what a decision says it is enforced by against the repository: a test, a command or a wall that is there.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> };
const walls = readFileSync('.dependency-cruiser.cjs', 'utf8');

/** Whether what stands in backticks is there; undefined where it names neither a command, a file nor a wall. */
function isThere(name: string, files: readonly string[]): boolean | undefined {
  const command = /^npm (?:run ([\w:-]+)|(test))/.exec(name) ?? /^(check:[\w-]+)$/.exec(name);
  if (command) return (command[1] ?? 'test') in scripts;
  if (/^[\w./-]+\.(ts|tsx|mjs|cjs|sql|ya?ml)$/.test(name)) return files.some((file) => file === name || file.endsWith(`/${name}`));
  return walls.includes(`name: '${name}'`) || undefined;
}

/** A sentence for each decision that is enforced by nothing, or by something that is not there. */
export function decisionFaults(read = (file: string) => readFileSync(file, 'utf8')): string[] {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' }).trim().split('\n');
  return files.filter((file) => /^docs\/adr\/\d+.*\.md$/.test(file)).flatMap((file) => {
    const enforced = /\*\*Enforced by\*\*([^]*?)(?:\n\n|$)/.exec(read(file))?.[1] ?? '';
    const named = [...enforced.matchAll(/`([^`]+)`/g)].map(([, name = '']) => ({ name, there: isThere(name, files) }));
    const missing = named.filter(({ there }) => there === false).map(({ name }) => `${file} is said to be enforced by ${name}, which is not there`);
    return named.some(({ there }) => there) ? missing : [...missing, `${file} names no test, command or wall that enforces it`];
  });
}
