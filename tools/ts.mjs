// Runs a program written in TypeScript from source: `node tools/ts.mjs tools/generate/generate.ts --check`.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const hook = fileURLToPath(new URL('ts.cjs', import.meta.url));
const child = spawn(process.execPath, ['--conditions=source', '-r', hook, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the program from the terminal itself; the other signals come to this process alone.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => (process.exitCode = code ?? 1));
