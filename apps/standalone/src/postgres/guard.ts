import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Account } from './account';

/**
 * Runs a program in a session of its own and ends it when this process ends, by whatever signal: its standard input is
 * a pipe from here, whose end is noticed even after SIGKILL. Ctrl-C in the terminal does not reach that session (SIGINT
 * is the database's fast shutdown and would cut off queries that the services still need). After "stop" on the pipe the
 * program has a minute; if orphaned, 4 s. $1 is a folder to remove at the end ('' for none), the rest is the command.
 */
const script = `
trap '' INT TERM HUP
leave=$1; shift
exec 3<&0 </dev/null
"$@" 3<&- & child=$!
{
  if read -r word <&3; then ticks=600; else ticks=25; fi
  kill -INT $child
  while [ $ticks -gt 0 ] && kill -0 $child; do sleep 0.1; ticks=$((ticks - 1)); done
  kill -QUIT $child; sleep 1.5; kill -KILL $child
} 2>/dev/null & watch=$!
exec 3<&-
wait $child; code=$?
kill -KILL $watch 2>/dev/null
[ -z "$leave" ] || rm -rf "$leave"
exit $code
`;

export interface Guarded {
  /** Resolves with the exit code; 128 + n for a signal n. */
  readonly exited: Promise<number>;
  /** Requests an orderly end and waits for it. */
  stop(): Promise<number>;
}

export interface GuardOptions {
  account: Account;
  /** Both output streams are appended to this file. */
  log: string;
  removeAtEnd?: string;
}

export function runGuarded(command: string[], { account, log, removeAtEnd = '' }: GuardOptions): Guarded {
  const output = openSync(log, 'a', 0o600);
  const child = spawn('/bin/sh', ['-c', script, 'muster-guard', removeAtEnd, ...command], {
    ...account,
    cwd: '/',
    detached: true,
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['pipe', output, output],
  });
  closeSync(output);
  child.stdin?.on('error', () => undefined); // the guard may be gone already, which `exited` reports
  const exited = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  return {
    exited,
    stop: () => {
      child.stdin?.end('stop\n');
      return exited;
    },
  };
}
