import type { Invite } from './use-invite-facts';

type Facts = Pick<Invite, 'state' | 'expiresAt' | 'blockedBy'>;
type Ended = Exclude<Invite['state'], 'planned' | 'sent' | 'seen'>;

export type Standing =
  /** It can be accepted, declined and asked about. */
  | { kind: 'open' }
  /** To accept it could only fail; to decline and to ask make sense. */
  | { kind: 'blocked'; by: Exclude<Invite['blockedBy'], 'over' | null> }
  | { kind: 'ended'; as: Ended };

/** How an invite stands at `now`: its time limit passes on the screen before the service says so. */
export function standingOf({ state, expiresAt, blockedBy }: Facts, now: number): Standing {
  if (state !== 'planned' && state !== 'sent' && state !== 'seen') return { kind: 'ended', as: state };
  if (Date.parse(expiresAt) <= now || blockedBy === 'over') return { kind: 'ended', as: 'expired' };
  return blockedBy === null ? { kind: 'open' } : { kind: 'blocked', by: blockedBy };
}

export function waitsForAnswer(invite: Facts, now: number): boolean {
  return standingOf(invite, now).kind !== 'ended';
}
