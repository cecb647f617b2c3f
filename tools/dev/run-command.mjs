// Programs that a command of package.json starts, and how they end with it: by Ctrl-C, by a signal to this process, and
// when npm, which stands between the terminal and this process, is ended and tells nobody.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const patienceMs = 2000;
const running = new Set();
/** The signal that came first: what follows it (npm's end, a child's) means nothing new. */
let ending;

/** Ends what still runs, by force after a moment, and then this process, with the code that a shell gives for the signal. */
function end(signal) {
  if (ending) return;
  ending = signal;
  if (running.size === 0) {
    // Whoever else listens in this process (Muster itself) ends it in order.
    if (process.listenerCount(signal) === 1) process.exit(codes[signal]);
    return;
  }
  for (const child of running) child.kill(signal);
  setTimeout(() => {
    for (const child of running) child.kill('SIGKILL');
    process.exit(codes[signal]);
  }, patienceMs);
}

let listening = false;
function listen() {
  if (listening) return;
  listening = true;
  for (const signal of Object.keys(codes)) process.on(signal, () => end(signal));
}

/** Runs a program with its output shown, unless `options` say otherwise, and fulfils with its exit code; never while this process is ending. */
export function runCommand(command, args, options = {}) {
  listen();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const over = (settle) => {
      running.delete(child);
      if (!ending) settle();
      else if (running.size === 0) process.exit(codes[ending]);
    };
    running.add(child);
    child.once('error', (error) => over(() => reject(error)));
    child.once('exit', (code) => over(() => resolve(code ?? 1)));
    options.started?.(child);
  });
}

/** The process that started this one and the one that started that: npm runs a command in a shell of its own. */
function ancestors() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(process.ppid); // no /proc: the parent alone
  }
}

/** npm dies of a SIGTERM without passing it on; from now on its end is a SIGTERM to this process. */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  listen();
  const first = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === first) return;
    clearInterval(timer);
    if (!ending) process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}
