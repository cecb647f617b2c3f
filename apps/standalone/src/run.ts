import { ConfigFault, forgetVariables, processEnvironment } from '@muster/platform/config/define-config';
import type { Environment } from '@muster/platform/config/define-config';
import { parseOptions } from './options';
import type { Options } from './options';
import { Progress } from './progress';
import { startStandalone } from './standalone';
import type { Standalone } from './standalone';
import { StartProblem } from './start-problem';

/**
 * Milliseconds of draining. One machine has no load balancer to wait for, so a moment suffices to close kept-alive
 * connections.
 */
const drainMs = { SIGINT: 100, SIGTERM: 1500, SIGHUP: 1500 };
const startEndsWithinMs = 2000;

/**
 * Runs Muster in this process until a signal ends it. A problem that a person can solve is printed as a sentence, with
 * exit code 1.
 */
export function run(args: string[], project: string): void {
  // PGSSLMODE, PGOPTIONS and the like are meant for other databases, but the driver would apply them to Muster's own.
  forgetVariables(/^PG/);
  serve(args, project).catch(fail);
}

async function serve(args: string[], project: string): Promise<void> {
  const outer = processEnvironment();
  const options = parseOptions(args, { project, typedIn: outer['INIT_CWD'] ?? process.cwd() });
  console.log(`\nMuster on ${options.data}`);
  const standalone = await startUntilAsked(options, project, outer);
  console.log(`\nReady: ${standalone.address}\n`);
  if (standalone.link !== undefined) {
    console.log(`Open ${standalone.link} in your browser: it then sees the codes for signing up, at ${standalone.address}/dev/outbox.`);
  }
  for (const { hat, email, password, link } of standalone.signIns) {
    console.log(`Look around as ${hat}: ${link} (good for one time)`);
    console.log(`Sign in as ${hat}: ${email}  ${password}`);
  }
  console.log('Ctrl-C ends Muster.');
  await standalone.databaseLost;
  console.error('\nThe database ended by itself; its log is beside its files. Muster ends too.');
  process.exit(1);
}

/**
 * Starts Muster and ends it at the first signal. A second signal ends the process at once, and the database's guard
 * ends the database.
 */
async function startUntilAsked(...[options, project, outer]: [Options, string, Environment]): Promise<Standalone> {
  const asked = new AbortController();
  let standalone: Standalone | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (asked.signal.aborted) process.exit(130);
      console.log('\nEnding …');
      asked.abort();
      standalone?.stop(drainMs[signal]).then(() => process.exit(0), fail);
      // An interrupted start closes everything it has opened; whatever takes longer ends with this process.
      if (!standalone) setTimeout(() => process.exit(0), startEndsWithinMs);
    });
  }
  try {
    standalone = await startStandalone(options, project, outer, new Progress(), asked.signal);
    return standalone;
  } catch (error) {
    if (asked.signal.aborted) process.exit(0);
    throw error;
  }
}

function fail(error: unknown): never {
  if (error instanceof StartProblem || error instanceof ConfigFault) console.error(`\nMuster can't start. ${error.message}`);
  else console.error('\nMuster failed.', error);
  process.exit(1);
}
