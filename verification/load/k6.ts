import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, tool } from '../product/program';

export interface Summary {
  /** Whether the script's own thresholds held. */
  readonly held: boolean;
  /** Values by metric, as k6 gives them to `handleSummary`. */
  readonly metrics: Readonly<Record<string, Readonly<Record<string, number>> | undefined>>;
}

/** Runs a script of this folder. @param before what k6 is called through, such as `taskset` @throws Error when it could not measure */
export async function k6(script: string, variables: Readonly<Record<string, string>>, before: readonly string[] = []): Promise<Summary> {
  const file = join(temporaryFolder('load'), 'summary.json');
  const settings = Object.entries({ ...variables, SUMMARY: file }).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const [command = '', ...args] = [...before, tool('k6'), 'run', '--quiet', ...settings, join(__dirname, script)];
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, K6_NO_USAGE_REPORT: 'true' } });
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0 && code !== 99) throw new Error(`k6 ended with ${code}`); // 99 is a threshold; anything else is no measurement
  return { held: code === 0, metrics: JSON.parse(readFileSync(file, 'utf8')) as Summary['metrics'] };
}
