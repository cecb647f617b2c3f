import { useFormat } from '../../lib/format/use-format';
import type { Standing } from './invite-standing';
import type { Invite } from './use-invite-facts';

/** How it ended, in the person's own words. */
export function InviteOutcome({ invite, as }: { invite: Invite; as: Extract<Standing, { kind: 'ended' }>['as'] }) {
  const { say, onDay, clock } = useFormat(invite.zone);
  const first = [...invite.days].sort()[0] ?? '';
  return (
    <p role="status" className="text-18 font-bold">
      {say(`outcome.${as}`, { day: onDay(first), time: clock(invite.startsAt) })}
    </p>
  );
}
