import { useEffect } from 'react';
import { useRead, useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { ButtonLink } from '../../ui/button';
import { InviteCard } from '../../ui/invite-card';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { InviteAnswers } from './invite-answers';
import { isOpen, useInviteFacts, type Invite } from './use-invite-facts';

export function InvitePage({ inviteId }: { inviteId: string }) {
  const { say } = useFormat();
  const params = { inviteId };
  const invite = useRead('matching.readInvite', { params });
  const factsOf = useInviteFacts(invite.data ? [invite.data] : []);
  const { mutate: markSeen } = useWrite('matching.markInviteSeen', { renews: ['matching.listInvites'] });
  const unseen = invite.data?.state === 'sent';
  useEffect(() => {
    if (unseen) markSeen({ params: { inviteId } });
  }, [unseen, inviteId, markSeen]);

  return (
    <Page
      title={say('invite.title')}
      back="/work"
      action={invite.data && isOpen(invite.data) && <InviteAnswers invite={invite.data} onAccepted={() => window.scrollTo(0, 0)} />}
    >
      <Loaded read={invite}>
        {(data) => (
          <>
            <Outcome invite={data} />
            <InviteCard invite={factsOf(data)} open={isOpen(data)} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** How it ended, in the person's own words, and the next step. */
function Outcome({ invite }: { invite: Invite }) {
  const { say, onDay, clock } = useFormat();
  if (isOpen(invite)) return null;
  const first = [...invite.days].sort()[0] ?? '';
  const accepted = invite.state === 'accepted';
  // The time limit passes on the screen before the service says so.
  const state = ['planned', 'sent', 'seen'].includes(invite.state) ? 'expired' : invite.state;
  return (
    <div role="status" className={`flex animate-arrive flex-col items-start gap-3 rounded-large border-2 p-4 ${accepted ? 'border-good' : 'border-line'}`}>
      <p className="text-22 font-bold">{say(`outcome.${state as 'accepted'}`, { day: onDay(first), time: clock(invite.startsAt) })}</p>
      <ButtonLink to={accepted ? `/chats/${invite.conversationId}` : '/home'}>{say(accepted ? 'assignment.chat' : 'work.to_invites')}</ButtonLink>
    </div>
  );
}
