import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartProblem } from './start-problem';

interface OptionRow {
  name: string;
  /** The placeholder of the value in the help text; a switch has none. */
  value?: string;
  default?: string;
}

export interface Options {
  port: number;
  /** An absolute path. */
  data: string;
  demo: boolean;
  /** The address at which browsers reach Muster. */
  origin: string;
  /** Whether other machines may reach it; then mail is sent by a provider and /dev/outbox does not exist. */
  reachable: boolean;
  tls?: { cert: string; key: string };
}

/** Names by which only this machine itself can be reached. */
const ownNames = ['localhost', '127.0.0.1', '[::1]'];

/** This table is shared with tools/dev/start.mjs, which runs before any package is installed. */
const rows = JSON.parse(readFileSync(join(__dirname, 'option-table.json'), 'utf8')) as OptionRow[];

/**
 * @param project the folder that contains the default data folder, wherever the command was typed
 * @param typedIn the folder to which relative paths refer
 * @throws StartProblem if an option is unknown, malformed or lacks its partner
 */
export function parseOptions(args: string[], { project, typedIn }: { project: string; typedIn: string }): Options {
  const values = parse(args);
  const port = readPort(String(values['port'] ?? defaultOf('port')));
  const tls = readTls(values['tls-cert'], values['tls-key'], typedIn);
  const origin = values['origin'] === undefined ? undefined : readOrigin(String(values['origin']));
  if (values['demo'] === true && origin !== undefined && !ownNames.includes(new URL(origin).hostname)) {
    throw new StartProblem(
      `--demo is for this machine alone: anybody may look around as its people, and ${origin} is for others too. Leave one of the two out.`,
    );
  }
  return {
    port,
    data: values['data'] === undefined ? defaultDataFolder(project) : resolve(typedIn, String(values['data'])),
    demo: values['demo'] === true,
    origin: origin ?? `${tls ? 'https' : 'http'}://localhost:${port}`,
    reachable: origin !== undefined,
    ...(tls && { tls }),
  };
}

/** Where everything is kept unless `--data` names another folder. */
export const defaultDataFolder = (project: string): string => resolve(project, defaultOf('data'));

const defaultOf = (name: string): string => rows.find((row) => row.name === name)?.default ?? '';

function readPort(value: string): number {
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port >= 1 && port <= 65_535) return port;
  throw new StartProblem(`--port must be a number from 1 to 65535, not "${value}".`);
}

type Values = Record<string, string | boolean | undefined>;

function parse(args: string[]): Values {
  const options = Object.fromEntries(
    rows.map((row) => [row.name, { type: row.value ? ('string' as const) : ('boolean' as const) }]),
  );
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values as Values;
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new StartProblem(`${reason}. "npm start -- --help" lists the options.`);
  }
}

function readOrigin(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new StartProblem(`--origin must be an https address without a path, like https://muster.example.org, not "${value}".`);
  }
  return url.origin;
}

function readTls(cert: Values[string], key: Values[string], folder: string): Options['tls'] {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new StartProblem('--tls-cert and --tls-key belong together: give both.');
  const paths = { cert: resolve(folder, String(cert)), key: resolve(folder, String(key)) };
  for (const path of Object.values(paths)) if (!existsSync(path)) throw new StartProblem(`${path} does not exist.`);
  return paths;
}
