import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

const root = join(__dirname, '..', '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
/** Of a test that npm itself started nothing may reach the npm that the test starts. */
const outside = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_ENV$|^INIT_CWD$/i.test(name)));

/** Says what it was given, then holds until it is ended: itself, or by a program that it started. */
const hold = `
import { endWithNpm, runCommand } from './dev/run-command.mjs';
import { startArguments } from './dev/start-options.mjs';
endWithNpm();
console.log('arguments ' + JSON.stringify(startArguments(process.argv.slice(2), 'npm start')));
console.log('process ' + process.pid + '.');
const forever = 'setInterval(() => undefined, 1000)';
if (process.env.HOLD === 'itself') {
  process.on('SIGTERM', () => process.exit(0));
  setInterval(() => undefined, 1000);
} else if (process.env.HOLD === 'child') {
  await runCommand(process.execPath, ['-e', forever], { started: ({ pid }) => console.log('process ' + pid + '.') });
}
`;

let work: string;
/** A clone in small: the commands themselves, and a lock that wants one package, for development only, that lies beside it. */
let template: string;
let clone: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'muster-first-'));
  chmodSync(work, 0o755);
  template = join(work, 'template');
  const write = (name: string, content: string): void => {
    mkdirSync(join(template, name, '..'), { recursive: true });
    writeFileSync(join(template, name), content);
  };
  write('thing/package.json', '{"name":"thing","version":"1.0.0"}');
  write('tools/hold.mjs', hold);
  npm(['pack', './thing', '--silent'], { cwd: template });
  write('package.json', JSON.stringify({ name: 'clone', workspaces: [], devDependencies: { thing: 'file:thing-1.0.0.tgz' }, scripts: { ...scripts, hold: 'node tools/hold.mjs' } }));
  npm(['install', '--package-lock-only', '--silent', '--no-audit'], { cwd: template });
  const programs = ['dev', 'check'].flatMap((room) => readdirSync(join(root, 'tools', room)).filter((name) => /\.([mc]js|json)$/.test(name)).map((name) => `tools/${room}/${name}`));
  for (const name of [...programs, 'tools/swc-config.cjs', 'tools/dev/build', 'apps/standalone/src/option-table.json']) cpSync(join(root, name), join(template, name), { recursive: true });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

beforeEach(() => {
  clone = join(work, 'नया घर');
  cpSync(template, clone, { recursive: true });
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

interface Outside {
  cwd?: string;
  env?: Record<string, string>;
  uid?: number;
}

/** All that npm and what it runs say, whatever becomes of it. */
function npm(args: string[], { cwd = clone, env = {}, uid }: Outside = {}): string {
  const as = uid === undefined ? {} : { uid, gid: uid };
  try {
    return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...outside, ...env }, ...as });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}

describe('the first command in a fresh clone', () => {
  it.each([['test', 'spec'], ['start'], ['run', 'build'], ['run', 'dev'], ['run', 'check', '--', 'leaks']])('may be npm %s: it installs what is missing', (...command) => {
    expect(npm(command)).toContain('Installing packages');
    expect(existsSync(join(clone, 'node_modules/thing/package.json'))).toBe(true);
  });

  it.each(['NODE_ENV=production', 'npm_config_omit=dev'])('installs packages for development under %s, once', (setting) => {
    const env = Object.fromEntries([setting.split('=')]) as Record<string, string>;
    expect(npm(['run', 'build'], { env })).toContain('Installing packages');
    expect(existsSync(join(clone, 'node_modules/thing/package.json'))).toBe(true);
    expect(npm(['run', 'build'], { env })).not.toContain('Installing packages');
  });

  it('says that a folder can’t be written to, and tries nothing', () => {
    // Another user than the folder's where there is one: root may write everywhere.
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    chmodSync(clone, 0o555);
    expect(npm(['start'], { env: { HOME: work }, ...(uid !== undefined && { uid }) })).toContain(`Muster can't start. This user can't write to ${clone}`);
    chmodSync(clone, 0o755);
  });

  it('is what CI runs first, on a tree without packages', () => {
    const lines = readFileSync(join(root, '.ci/run'), 'utf8').split('\n').map((line) => line.replace(/#.*/, ''));
    const first = lines.find((line) => /\bnpm\b/.test(line));
    expect(first).toMatch(/\bnpm test\b/);
    expect(lines.slice(0, lines.indexOf(first ?? '')).join('\n')).toMatch(/rm -rf node_modules/);
  });
});

describe('npm between the terminal and a command', () => {
  it.each([
    [['start', '--demo'], ['--demo']],
    [['start', '--port=4000', '--demo'], ['--port=4000', '--demo']],
    [['start', '--', '--demo', '--port', '4000'], ['--demo', '--port', '4000']],
  ])('may take options for its own: npm %j', (typed, meant) => {
    const said = npm(typed.map((word) => (word === 'start' ? 'hold' : word)).flatMap((word) => (word === 'hold' ? ['run', 'hold'] : [word])));
    expect(said).toContain(`arguments ${JSON.stringify(meant)}`);
  });

  it('may part an option from its value: then the right way to write it is said', () => {
    expect(npm(['start', '--port', '4000', '--demo'])).toContain("Muster can't start. npm took --port for its own; two dashes keep it from that: npm start -- --port 4000 --demo");
    expect(npm(['start', '--demo=yes'])).toContain('--demo takes no value.');
  });

  it.each([['itself', 'SIGTERM'], ['itself', 'SIGKILL'], ['child', 'SIGTERM'], ['child', 'SIGKILL']] as const)('leaves no orphan: %s, %s to npm', async (holds, signal) => {
    const child = spawn('npm', ['run', 'hold'], { cwd: clone, env: { ...outside, HOLD: holds }, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (said += part));
    const processes = (): number[] => [...said.matchAll(/^process (\d+)\.$/gm)].map(([, pid]) => Number(pid));
    while (processes().length < (holds === 'child' ? 2 : 1)) await sleep(20);
    child.kill(signal);
    await once(child, 'exit');
    while (processes().some(lives)) await sleep(20);
  });
});

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
