// `npm start`: checks Node, installs what is missing, builds what is stale, runs Muster in the foreground. Needs nothing installed.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkNode, installPackages, orSay, SetupProblem } from './install-packages.mjs';
import { endWithNpm, runCommand } from './run-command.mjs';
import { checkOptions, startArguments } from './start-options.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** In a process of its own: the compiler's memory would stay with Muster for its whole life. */
async function buildStale() {
  const code = await runCommand(process.execPath, [join(root, 'tools/dev/build.mjs'), '--quiet', 'standalone', 'frontend'], { cwd: root });
  if (code !== 0) throw new SetupProblem('It could not be built; the reason is above.');
}

endWithNpm();
await orSay("Muster can't start", async () => {
  checkNode();
  const args = startArguments(process.argv.slice(2), 'npm start');
  if (checkOptions(args, 'npm start')) process.exit(0);
  process.argv.splice(2, Infinity, ...args);
  await installPackages();
  await buildStale();
});
// In this very process, so that a signal to it (Ctrl-C, kill, a service manager's) reaches Muster and nothing in between.
createRequire(import.meta.url)('../../apps/standalone/dist/main.js');
