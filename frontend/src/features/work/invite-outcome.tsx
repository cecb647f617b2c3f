import { useNow } from '../../lib/clock/use-clock';
import { useFormat } from '../../lib/format/use-format';
import type { Standing } from './invite-standing';
import { nextDayOf } from './next-day';
import type { Invite } from './use-invite-facts';

/** How an invite ended, in words to the worker; of accepted work the day on which they have to be there next. */
export function InviteOutcome({ invite, as }: { invite: Invite; as: Extract<Standing, { kind: 'ended' }>['as'] }) {
  const { say, onDay, clock } = useFormat(invite.zone);
  const day = nextDayOf(invite, useNow()) ?? [...invite.days].sort()[0] ?? '';
  return (
    <p role="status" className="text-18 font-bold">
      {say(`outcome.${as}`, { day: onDay(day), time: clock(invite.startsAt) })}
    </p>
  );
}
