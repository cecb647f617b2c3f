import type { Answer } from '../../lib/api/client';
import { useNames } from '../../lib/people/people';
import { useTrades } from '../../lib/people/trades';
import type { InviteFacts } from '../../ui/invite-card';

export type Invite = Answer<'matching.readInvite'>;

/** Returns what makes the card of an invite: the invite with its names in the language in use. */
export function useInviteFacts(invites: readonly Invite[]): (invite: Invite) => InviteFacts {
  const { nameOf: tradeName, familyOf } = useTrades();
  const nameOf = useNames(invites.map(({ contractor }) => contractor));
  return (invite) => ({
    ...invite,
    family: familyOf(invite.trade),
    trade: tradeName(invite.trade),
    total: invite.total.amount,
    from: nameOf(invite.contractor),
  });
}
