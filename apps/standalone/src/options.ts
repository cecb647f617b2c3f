import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartProblem } from './start-problem';

interface OptionRow {
  name: string;
  /** What stands for the value in the help text; a switch has none. */
  value?: string;
  default?: string;
}

export interface Options {
  port: number;
  /** Absolute. */
  data: string;
  demo: boolean;
  /** Where browsers reach Muster. */
  origin: string;
  /** Other machines may reach it: mail goes out by a provider and /dev/outbox doesn't exist. */
  reachable: boolean;
  tls?: { cert: string; key: string };
}

/** Names of this machine, which no other machine means by them. */
const ownNames = ['localhost', '127.0.0.1', '[::1]'];

/** One table for this program and for tools/dev/start.mjs, which runs before anything is installed. */
const rows = JSON.parse(readFileSync(join(__dirname, 'option-table.json'), 'utf8')) as OptionRow[];

/**
 * @param project the default data folder is in it, wherever the command was typed
 * @param typedIn where relative paths count from
 * @throws StartProblem where an option is unknown, malformed or lacks its partner
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
    data: values['data'] === undefined ? resolve(project, defaultOf('data')) : resolve(typedIn, String(values['data'])),
    demo: values['demo'] === true,
    origin: origin ?? `${tls ? 'https' : 'http'}://localhost:${port}`,
    reachable: origin !== undefined,
    ...(tls && { tls }),
  };
}

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
