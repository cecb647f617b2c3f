// Starts programs for the cluster's steps and collects what they say.
import { spawn } from 'node:child_process';
import { findTool, toolEnvironment } from '../../tools/dev/find-tool.mjs';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Call {
  readonly input?: string;
  readonly seconds?: number;
  readonly cwd?: string;
}

/** The program by its path. @throws Error when this machine has none */
export function program(name: string): string {
  const path = findTool(name);
  if (path === undefined) throw new Error(`${name} is not on this machine: npm run tools:install -- ${name}`);
  return path;
}

/** Runs to the end, or to `seconds` (then code 124). */
export function run(file: string, args: readonly string[], { input, seconds = 300, cwd }: Call = {}): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: toolEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    let late = false;
    const timer = setTimeout(() => ((late = true), child.kill('SIGKILL')), seconds * 1000);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.once('error', reject);
    child.stdin.on('error', () => undefined); // it may end before it has read all
    child.stdin.end(input ?? '');
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code: late ? 124 : (code ?? 1), out, err: late ? `${err}\nno end after ${seconds} s` : err });
    });
  });
}

/** @throws Error with what the program said, unless it ended with 0 */
export async function must(file: string, args: readonly string[], call: Call = {}): Promise<string> {
  const { code, out, err } = await run(file, args, call);
  if (code === 0) return out;
  const name = file.split('/').at(-1) ?? file;
  throw new Error(`${name} ${args.join(' ').slice(0, 300)} ended with ${code}: ${`${err}\n${out}`.trim().slice(-2000)}`);
}
