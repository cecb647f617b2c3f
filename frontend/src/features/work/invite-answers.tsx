import { useState } from 'react';
import { useLocation } from 'wouter';
import { asProblem } from '../../lib/api/problem-error';
import { problemWords } from '../../lib/api/problem-words';
import { keyOf, useWrite } from '../../lib/api/queries';
import { useSay } from '../../lib/i18n/text';
import { useParts } from '../../lib/parts';
import { Button, ButtonLink } from '../../ui/button';
import { FormRefusal } from '../../ui/form-refusal';
import { isOpen, type Invite } from './use-invite-facts';

const renews = ['matching.listInvites', 'matching.readInvite', 'matching.listAssignments', 'user.readAvailability'] as const;

/** Accept with one tap; Decline can be taken back for five seconds; Ask opens the conversation. */
export function InviteAnswers({ invite, onAccepted }: { invite: Invite; onAccepted?: () => void }) {
  const say = useSay();
  const [, go] = useLocation();
  const { queries, toasts } = useParts();
  const [declining, setDeclining] = useState(false);
  const params = { inviteId: invite.inviteId };
  const accept = useWrite('matching.acceptInvite', {
    renews,
    // Here and not where it is pressed: an accepted invite leaves the list, and the button with it.
    onSuccess: (answer) => {
      queries.setQueryData(keyOf('matching.readInvite', { params }), answer);
      if (onAccepted) onAccepted();
      else go(`/invites/${invite.inviteId}`);
    },
  });
  const decline = useWrite('matching.declineInvite', { renews });
  const refusal = accept.error ?? decline.error;

  if (!isOpen(invite)) return null;
  if (declining) return <p className="py-2 text-ink-soft">{say('invite.declining')}</p>;
  return (
    <>
      <FormRefusal words={refusal ? problemWords(asProblem(refusal)) : undefined} />
      <Button
        kind="primary"
        wide
        busy={accept.isPending}
        onClick={() => accept.mutate({ params })}
      >
        {say('invite.accept')}
      </Button>
      <div className="two-fields grid gap-2">
        <Button
          wide
          disabled={accept.isPending}
          onClick={() => {
            setDeclining(true);
            toasts.afterUndo(
              say('invite.declined_toast'),
              () => void decline.mutateAsync({ params }).catch(() => setDeclining(false)),
              () => setDeclining(false),
            );
          }}
        >
          {say('invite.decline')}
        </Button>
        <ButtonLink to={`/chats/${invite.conversationId}`} wide>
          {say('invite.ask')}
        </ButtonLink>
      </div>
    </>
  );
}
