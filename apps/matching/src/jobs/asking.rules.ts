import { HOUR_MS } from '@muster/contracts/kernel/civil-time';
import type { InviteState } from '@muster/contracts/matching/views';

/** An earlier invite of a contractor to the same worker. */
export interface EarlierInvite {
  readonly line_id: string;
  readonly state: InviteState;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
}

export type AskingVerdict =
  | { readonly verdict: 'fine' | 'already_invited' | 'asked_enough' }
  | { readonly verdict: 'later'; readonly until: Date };

/** How often one worker may be asked for one line, whatever became of the earlier invites. */
const MOST_INVITES_PER_LINE = 3;
/**
 * Milliseconds before a worker may be asked again: for the same line after an expired invite, for another line after a
 * decline.
 */
export const REST_MS = 24 * HOUR_MS;

/**
 * Whether a contractor may ask a worker for a line (again). One invite of the contractor waits for the worker at a time.
 * After it was withdrawn or superseded the worker may be asked at once, after an expiry a day later for the same line,
 * after a decline a day later for another line only.
 *
 * @param earlier all invites of the contractor to the worker for this line, and those that wait or were declined lately
 */
export function mayAsk(earlier: readonly EarlierInvite[], lineId: string, now: Date): AskingVerdict {
  const ofLine = earlier.filter((invite) => invite.line_id === lineId);
  const waits = ({ state }: EarlierInvite) => state === 'planned' || state === 'sent' || state === 'seen';
  if (earlier.some(waits) || ofLine.some(({ state }) => state === 'accepted')) return { verdict: 'already_invited' };
  if (ofLine.some(({ state }) => state === 'declined') || ofLine.length >= MOST_INVITES_PER_LINE) return { verdict: 'asked_enough' };
  const rests = [
    ...ofLine.filter(({ state }) => state === 'expired').map(({ expires_at }) => expires_at),
    ...earlier.filter(({ state }) => state === 'declined').flatMap(({ ended_at }) => ended_at ?? []),
  ];
  const until = Math.max(...rests.map((end) => end.getTime() + REST_MS));
  return until > now.getTime() ? { verdict: 'later', until: new Date(until) } : { verdict: 'fine' };
}
