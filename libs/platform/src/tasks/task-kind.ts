/** The settings by which tasks of one kind are worked. */
export interface TaskKind {
  /** `<service>.<effect>`, such as `auth.send_mail`. */
  readonly kind: string;
  /** Tasks of this kind that one replica works at once; a kind that hangs takes nothing from the others. */
  readonly concurrency: number;
  /** Attempts, the first included, after which a task is given up. */
  readonly attempts: number;
  /** Longest time of one attempt, milliseconds. */
  readonly timeoutMs: number;
}

/** A claim ends on its own after this time, milliseconds, so that whoever is killed keeps a task no longer. */
export const LEASE_MS = 25_000;
/** An attempt ends well before its lease, so that no claim has to be prolonged and settling has its time. */
export const LONGEST_ATTEMPT_MS = 20_000;

/** @throws Error when the kind cannot be worked as it says */
export function defineTaskKind(kind: TaskKind): TaskKind {
  const faults = [
    ...(/^[a-z]+\.[a-z_]+$/.test(kind.kind) ? [] : ['its name is not <service>.<effect>']),
    ...(isCount(kind.concurrency, 100) ? [] : ['its concurrency is not between 1 and 100']),
    ...(isCount(kind.attempts, 100) ? [] : ['its attempts are not between 1 and 100']),
    ...(isCount(kind.timeoutMs, LONGEST_ATTEMPT_MS) ? [] : [`its time limit is not between 1 and ${LONGEST_ATTEMPT_MS} ms`]),
  ];
  if (faults.length > 0) throw new Error(`task kind ${kind.kind}: ${faults.join(', ')}`);
  return kind;
}

function isCount(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}
