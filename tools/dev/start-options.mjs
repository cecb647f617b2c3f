// The options of `npm start` and `npm run dev`. Their names are checked here, before minutes of installing; the values where
// they are used. Imports nothing that has to be installed.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupProblem } from './install-packages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const rows = JSON.parse(readFileSync(join(root, 'apps/standalone/src/option-table.json'), 'utf8'));
const rowOf = (name) => rows.find((row) => `--${row.name}` === name);

/**
 * The arguments that were meant. Without `--` before them npm takes options for its own (`npm start --demo`): a switch and
 * a value joined by `=` are taken back; where npm parted an option from its value the right way to write it is said.
 * @param command how it was started, for what is said
 */
export function startArguments(args, command, environment = process.env) {
  const kept = rows
    .map(({ name, value }) => ({ name: `--${name}`, value, found: environment[`npm_config_${name.replaceAll('-', '_')}`] }))
    .filter(({ found }) => found !== undefined && found !== '');
  const parted = kept.filter(({ value, found }) => value && found === 'true');
  if (parted.length > 0) {
    const [given] = parted.length === 1 && args.length === 1 ? args : [];
    const meant = kept.map(({ name, value, found }) => (!value ? name : `${name} ${found === 'true' ? (given ?? value) : found}`));
    throw new SetupProblem(`npm took ${parted.map(({ name }) => name).join(' and ')} for its own; two dashes keep it from that: ${command} -- ${meant.join(' ')}`);
  }
  return [...kept.map(({ name, value, found }) => (value || found !== 'true' ? `${name}=${found}` : name)), ...args];
}

/** Prints the options and returns true where they are asked for. @throws SetupProblem for a name that is none, or a value too many or missing */
export function checkOptions(args, command) {
  if (args.some((argument) => argument === '--help' || argument === '-h')) {
    print(command);
    return true;
  }
  for (let at = 0; at < args.length; at += 1) {
    const [name, inline] = args[at].split('=', 2);
    const row = rowOf(name);
    if (!row) throw new SetupProblem(`There is no option "${args[at]}". "${command} -- --help" lists them.`);
    if (!row.value && inline !== undefined) throw new SetupProblem(`${name} takes no value.`);
    if (row.value && inline === undefined && (args[(at += 1)] ?? '--').startsWith('--')) throw new SetupProblem(`${name} needs a value.`);
  }
  return false;
}

function print(command) {
  const names = rows.map(({ name, value }) => `--${name}${value ? ` ${value}` : ''}`);
  const width = Math.max(...names.map(({ length }) => length));
  console.log(`${command} -- [options]\n`);
  rows.forEach((row, at) => console.log(`  ${names[at].padEnd(width)}  ${row.help}${row.default ? ` (${row.default})` : ''}`));
}
