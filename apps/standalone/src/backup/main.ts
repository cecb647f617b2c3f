import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { forgetVariables, processEnvironment } from '@muster/platform/config/define-config';
import { defaultDataFolder } from '../options';
import { StartProblem } from '../start-problem';
import { restoreBackup } from './restore-backup';
import { makeKey } from './seal';
import { takeBackup } from './take-backup';

const usage = `npm run backup -- --to FILE [--data DIR] [--recipient age1…]
  Copies all of Muster, while it runs or not; "-" writes to the standard output. A recipient's public key encrypts it.
npm run backup -- --make-key FILE
  Makes a key for that: FILE opens the backups, keep it elsewhere; the recipient is printed.
npm run restore -- --from FILE [--data DIR] [--identity FILE]
  Makes a data folder out of a backup; --identity names the file with the key of an encrypted one.`;

const options = { data: { type: 'string' }, to: { type: 'string' }, from: { type: 'string' }, recipient: { type: 'string' }, identity: { type: 'string' }, 'make-key': { type: 'string' }, help: { type: 'boolean' } } as const;

async function run([command, ...args]: string[]): Promise<void> {
  // PGSSLMODE, PGOPTIONS and the like are meant for other databases, but the driver would apply them to Muster's own.
  forgetVariables(/^PG/);
  const values = parse(args);
  const at = (path: string): string => resolve(processEnvironment()['INIT_CWD'] ?? process.cwd(), path);
  const data = values.data === undefined ? defaultDataFolder(join(__dirname, '..', '..', '..', '..')) : at(values.data);
  // The standard output may be the backup.
  const say = (line: string): void => console.error(line);
  if (command === 'backup' && values['make-key'] !== undefined) {
    const { file, recipient } = await makeKey();
    writeFileSync(at(values['make-key']), file, { mode: 0o600, flag: 'wx' });
    console.log(recipient);
  } else if (command === 'backup' && values.to !== undefined) {
    const to = values.to === '-' ? '-' : at(values.to);
    const { madeAt, files } = await takeBackup({ data, to, say, ...(values.recipient !== undefined && { recipient: values.recipient }) });
    const size = existsSync(to) ? ` (${(statSync(to).size / 1e6).toFixed(1)} MB)` : '';
    say(`${Object.keys(files).length} files of ${data} as of ${madeAt} are in ${to}${size}.${values.recipient === undefined ? ' It holds keys and people\'s data and is not encrypted.' : ''}`);
  } else if (command === 'restore' && values.from !== undefined) {
    const { madeAt } = await restoreBackup({ from: at(values.from), data, say, ...(values.identity !== undefined && { identity: at(values.identity) }) });
    say(`${data} is as of ${madeAt}. Start Muster on it; everybody signs in again.`);
  } else {
    console.log(usage);
    process.exitCode = values.help === true ? 0 : 1;
  }
}

function parse(args: string[]): { [Name in keyof typeof options]?: Name extends 'help' ? boolean : string } {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new StartProblem(`${(error as Error).message.split('\n')[0]}\n${usage}`);
  }
}

run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof StartProblem ? error.message : error);
  process.exit(1);
});
