import { DAY_MS } from '@muster/contracts/kernel/civil-time';

export const REPEAT_SECONDS = 10;

/** What the row of a session knows of its newest refresh token. */
export interface SessionFacts {
  readonly number: number;
  readonly rotatedAt: Date;
  /** MAC of the attempt id that the last rotation came with; null before the first. */
  readonly attempt: Buffer | null;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

/** A token whose MAC was right, and the attempt that it came with. */
export interface PresentedToken {
  readonly number: number;
  readonly attempt: Buffer;
}

export type RefreshJudgement =
  /** The newest token: the next number is made. */
  | 'rotate'
  /** The predecessor, asked for again: the same successor is given. */
  | 'repeat'
  /** An old token that nobody should still hold: the family dies. */
  | 'reuse'
  /** A number that this database has not given out: it was restored. The session ends, nobody is alarmed. */
  | 'ahead'
  /** There is no such session any more. */
  | 'over';

/**
 * What to do with a refresh token of the session. "The predecessor is good until its successor is used" would let a
 * thief and the owner take turns for ever; so would any rule that forgets when the rotation was.
 */
export function judgeRefresh(session: SessionFacts | undefined, token: PresentedToken, now: Date, idleDays: number): RefreshJudgement {
  if (!session || isOver(session, now, idleDays)) return 'over';
  if (token.number === session.number) return 'rotate';
  if (token.number > session.number) return 'ahead';
  if (token.number < session.number - 1) return 'reuse';
  const sinceRotation = now.getTime() - session.rotatedAt.getTime();
  if (sinceRotation <= REPEAT_SECONDS * 1000) return 'repeat';
  return session.attempt?.equals(token.attempt) ? 'repeat' : 'reuse';
}

/** When a session ends by age if it is not used again. */
export function endOf({ lastUsedAt, expiresAt }: Pick<SessionFacts, 'lastUsedAt' | 'expiresAt'>, idleDays: number): Date {
  return new Date(Math.min(expiresAt.getTime(), lastUsedAt.getTime() + idleDays * DAY_MS));
}

export function isOver(session: Pick<SessionFacts, 'lastUsedAt' | 'expiresAt' | 'endedAt'>, now: Date, idleDays: number): boolean {
  return session.endedAt !== null || now >= endOf(session, idleDays);
}
