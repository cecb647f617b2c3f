import { ConfigFault, processEnvironment } from '@muster/platform/config/define-config';
import { parseOptions } from './options';
import { Progress } from './progress';
import { startStandalone } from './standalone';
import type { Standalone } from './standalone';
import { StartProblem } from './start-problem';

/** One machine has no load balancer to wait for: a moment is enough for kept-alive connections to hear goodbye. */
const drainMs = { SIGINT: 100, SIGTERM: 1500, SIGHUP: 1500 };

/**
 * Muster in this process until a signal ends it; a problem that a person can put right is printed as a sentence,
 * and the exit code is 1.
 */
export function run(args: string[], project: string): void {
  serve(args, project).catch(fail);
}

async function serve(args: string[], project: string): Promise<void> {
  const outer = processEnvironment();
  const options = parseOptions(args, { project, typedIn: outer['INIT_CWD'] ?? process.cwd() });
  console.log(`\nMuster on ${options.data}`);
  const starting = startStandalone(options, project, outer, new Progress());
  endOnSignals(starting);
  const standalone = await starting;
  console.log(`\nReady: ${standalone.address}\n`);
  for (const { hat, email, password } of standalone.signIns) console.log(`Sign in as ${hat}: ${email}  ${password}`);
  if (!options.reachable) console.log(`Codes for signing up are at ${standalone.address}/dev/outbox.`);
  console.log('Ctrl-C ends Muster.');
  await standalone.databaseLost;
  console.error('\nThe database ended by itself; its log is beside its files. Muster ends too.');
  process.exit(1);
}

/** The first signal ends everything in order, also during the start; a second one ends it now (the database's guard sees to the rest). */
function endOnSignals(starting: Promise<Standalone>): void {
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(130);
      ending = true;
      console.log('\nEnding …');
      starting
        .then((standalone) => standalone.stop(drainMs[signal]))
        .then(
          () => process.exit(0),
          (error: unknown) => fail(error),
        );
    });
  }
}

function fail(error: unknown): never {
  if (error instanceof StartProblem || error instanceof ConfigFault) console.error(`\nMuster can't start. ${error.message}`);
  else console.error('\nMuster failed.', error);
  process.exit(1);
}
