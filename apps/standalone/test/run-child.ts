import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');

export interface Child {
  process: ChildProcess;
  /** Resolves with the first match in the output (both streams); rejects if the program ends without one. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** The whole output so far. */
  output(): string;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/**
 * Runs a TypeScript program of this folder from source in a Node process of its own, optionally under another user or
 * with more variables.
 */
export function runChild(program: string, args: string[], { uid, env = {} }: { uid?: number; env?: Record<string, string> } = {}): Child {
  const argv = ['--conditions=source', '-r', join(root, 'tools/ts.cjs'), join(__dirname, program), ...args];
  const child = spawn(process.execPath, argv, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], ...(uid !== undefined && { uid, gid: uid }) });
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      for (const listener of listeners) listener();
    });
  }
  const exited = once(child, 'close').then(([code, signal]) => {
    for (const listener of listeners) listener();
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  let over = false;
  void exited.then(() => (over = true));
  return {
    process: child,
    exited,
    output: () => text,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(text);
          if (match) resolve(match);
          else if (over) reject(new Error(`ended without saying ${pattern}:\n${text}`));
          else return;
          listeners.delete(look);
        };
        listeners.add(look);
        void exited.then(look);
        look();
      }),
  };
}
