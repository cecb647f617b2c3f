import { nextDayOf } from './next-day';
import type { Invite } from './use-invite-facts';

type Facts = Pick<Invite, 'state' | 'expiresAt' | 'blockedBy' | 'calledOff' | 'days' | 'startsAt' | 'endsAt' | 'zone'>;
/** `done`: it was accepted, and the last day of work is over. `called_off`: it was accepted, and the work cancelled since. */
type Ended = Exclude<Invite['state'], 'planned' | 'sent' | 'seen'> | 'done' | 'called_off';

export type Standing =
  /** The invite can be accepted, declined and asked about. */
  | { kind: 'open' }
  /** Accepting could only fail; the worker can still decline and ask. */
  | { kind: 'blocked'; by: Exclude<Invite['blockedBy'], 'over' | null> }
  | { kind: 'ended'; as: Ended };

/** How an invite stands at `now`: its time limit and its days pass on the screen before the service says so. */
export function standingOf(invite: Facts, now: number): Standing {
  const { state, expiresAt, blockedBy } = invite;
  if (invite.calledOff) return { kind: 'ended', as: 'called_off' };
  if (state === 'accepted' && nextDayOf(invite, now) === null) return { kind: 'ended', as: 'done' };
  if (state !== 'planned' && state !== 'sent' && state !== 'seen') return { kind: 'ended', as: state };
  if (Date.parse(expiresAt) <= now || blockedBy === 'over') return { kind: 'ended', as: 'expired' };
  return blockedBy === null ? { kind: 'open' } : { kind: 'blocked', by: blockedBy };
}

export function waitsForAnswer(invite: Facts, now: number): boolean {
  return standingOf(invite, now).kind !== 'ended';
}
