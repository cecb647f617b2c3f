import { DAY_MS } from '@muster/contracts/kernel/civil-time';

export const REPEAT_SECONDS = 10;

/** The facts about its newest refresh token that the row of a session holds. */
export interface SessionFacts {
  readonly number: number;
  readonly rotatedAt: Date;
  /** MAC of the attempt id that the last rotation came with; null before the first. */
  readonly attempt: Buffer | null;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

/** A token with a valid MAC, and the attempt id that came with it. */
export interface PresentedToken {
  readonly number: number;
  readonly attempt: Buffer;
}

export type RefreshJudgement =
  /** The token is the newest: the next number is issued. */
  | 'rotate'
  /** The token is the predecessor, presented again: the same successor is returned. */
  | 'repeat'
  /** The token is an old one that nobody should still hold: the session ends. */
  | 'reuse'
  /** The number is one that this database has not issued, because it was restored: the session ends without an alarm. */
  | 'ahead'
  /** The session is over. */
  | 'over';

/**
 * Decides what happens with a refresh token. The simpler rule "the predecessor is valid until its successor is used"
 * would let a thief and the owner take turns for ever, and so would any rule that forgets the time of the rotation.
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

/** The moment at which a session ends by age if it is not used again. */
export function endOf({ lastUsedAt, expiresAt }: Pick<SessionFacts, 'lastUsedAt' | 'expiresAt'>, idleDays: number): Date {
  return new Date(Math.min(expiresAt.getTime(), lastUsedAt.getTime() + idleDays * DAY_MS));
}

export function isOver(session: Pick<SessionFacts, 'lastUsedAt' | 'expiresAt' | 'endedAt'>, now: Date, idleDays: number): boolean {
  return session.endedAt !== null || now >= endOf(session, idleDays);
}
