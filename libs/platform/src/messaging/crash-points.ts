// The one reading of the environment outside config: these exist only in builds that are crashed on purpose, and a
// variable of theirs in a service's configuration would be documented to operators.
const enabled = process.env['NODE_ENV'] === 'test' || process.env['MUSTER_CRASH_POINTS'] === 'on';
const [name, pass = '1'] = (process.env['MUSTER_CRASH_AT'] ?? '').split(':');
let passes = 0;

/** Every place between two steps of the relay and of a consumer at which the crash harness may kill the process. */
export const crashPoints = [
  'relay.before-number', 'relay.after-number', 'relay.after-read', 'relay.after-hints', 'relay.after-publish', 'relay.after-mark',
  'receive.before-file', 'receive.after-file', 'receive.after-advance', 'receive.after-commit',
  'consumer.after-claim', 'consumer.after-read', 'consumer.after-prepare', 'consumer.after-mark', 'consumer.after-apply',
  'consumer.after-commit', 'consumer.after-release',
  'timer.after-take', 'timer.after-fire', 'timer.after-commit',
] as const;
/** Crash points of a task. They are kept apart, because a standalone product under load enqueues no tasks. */
type TaskCrashPoint = 'task.after-claim' | 'task.after-work' | 'task.after-settle';
export type CrashPoint = (typeof crashPoints)[number] | TaskCrashPoint;

function crashWhenNamed(point: CrashPoint): void {
  if (point === name && ++passes === Number(pass)) process.kill(process.pid, 'SIGKILL');
}

/** Does nothing unless `MUSTER_CRASH_AT` is `<point>` or `<point>:<nth pass>` in a build that allows it. */
export const crashPoint: (point: CrashPoint) => void = enabled && name ? crashWhenNamed : () => undefined;
