import { useEffect } from 'react';
import { useRead, useWrite } from '../../lib/api/queries';
import { useNow } from '../../lib/clock/use-clock';
import { useFormat } from '../../lib/format/use-format';
import { ButtonLink } from '../../ui/button';
import { InviteCard } from '../../ui/invite-card';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { InviteAnswers } from './invite-answers';
import { InviteOutcome } from './invite-outcome';
import { standingOf, waitsForAnswer } from './invite-standing';
import { useInviteFacts, type Invite } from './use-invite-facts';

export function InvitePage({ inviteId }: { inviteId: string }) {
  const { say } = useFormat();
  const now = useNow();
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
      action={invite.data && waitsForAnswer(invite.data, now) && <InviteAnswers invite={invite.data} onAccepted={() => void window.scrollTo(0, 0)} />}
    >
      <Loaded read={invite}>
        {(data) => (
          <>
            <Ending invite={data} now={now} />
            <InviteCard invite={factsOf(data)} open={waitsForAnswer(data, now)} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Says how an invite ended and offers the next step. */
function Ending({ invite, now }: { invite: Invite; now: number }) {
  const { say } = useFormat();
  const standing = standingOf(invite, now);
  if (standing.kind !== 'ended') return null;
  const accepted = standing.as === 'accepted';
  return (
    <div className={`flex animate-arrive flex-col items-start gap-3 rounded-large border-2 p-4 ${accepted ? 'border-good' : 'border-line'}`}>
      <InviteOutcome invite={invite} as={standing.as} />
      <ButtonLink to={accepted ? `/chats/${invite.conversationId}` : '/home'}>{say(accepted ? 'assignment.chat' : 'work.to_invites')}</ButtonLink>
    </div>
  );
}
