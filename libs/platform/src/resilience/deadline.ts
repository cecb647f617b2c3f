import { platformErrors } from '@muster/contracts/kernel/problem';
import { AppError } from '../errors/app-error';
import { currentScope, withScope } from '../tracing/scope';

/**
 * Milliseconds that the caller will still wait. A remainder and not an instant: the clocks of two pods differ, the
 * time on the wire hardly counts.
 */
export const DEADLINE_HEADER = 'x-deadline-ms';

/** `performance.now()` at which the present work is of no use any more; a bad or missing header gives `maxMs`. */
export function deadlineFrom(header: string | string[] | undefined, maxMs: number): number {
  const given = typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : maxMs;
  return performance.now() + Math.min(given, maxMs);
}

/** Milliseconds left of the present work, at least 0; `Infinity` where nobody waits. */
export function remainingMs(): number {
  const { deadlineAt } = currentScope();
  return deadlineAt === undefined ? Infinity : Math.max(0, deadlineAt - performance.now());
}

/** Runs `work` with at most `ms` from now; an earlier deadline stays. */
export function withDeadline<R>(ms: number, work: () => R): R {
  const deadlineAt = Math.min(performance.now() + ms, currentScope().deadlineAt ?? Infinity);
  return withScope({ deadlineAt }, work);
}

/**
 * Before anything dear (a database connection, an outbound call): an answer that nobody waits for is not computed.
 *
 * @throws AppError `platform.overloaded` when the deadline has passed
 */
export function assertTimeLeft(): void {
  if (remainingMs() === 0) throw new AppError(platformErrors.overloaded, {}, { retryAfterSeconds: 1 });
}
