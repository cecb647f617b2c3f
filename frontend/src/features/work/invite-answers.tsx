import { useLocation } from 'wouter';
import { useProblemWords } from '../../lib/api/problem-words';
import { useWrite } from '../../lib/api/queries';
import { keyOf } from '../../lib/api/query-client';
import { useNow } from '../../lib/clock/use-clock';
import { useSay } from '../../lib/i18n/text';
import { useParts } from '../../lib/parts';
import { Button, ButtonLink } from '../../ui/button';
import { FormRefusal } from '../../ui/form-refusal';
import { useJustChanged, useUndo } from '../../ui/inert';
import { InviteOutcome } from './invite-outcome';
import { standingOf } from './invite-standing';
import type { Invite } from './use-invite-facts';

const renews = ['matching.listInvites', 'matching.readInvite', 'matching.listAssignments', 'user.readAvailability'] as const;

/**
 * The buttons by which a worker accepts, declines or asks. Declining can be undone for five seconds at the same place. What
 * replaces the buttons is as high as they are, so that nothing below moves.
 */
export function InviteAnswers({ invite, onAccepted }: { invite: Invite; onAccepted?: () => void }) {
  const say = useSay();
  const wordsFor = useProblemWords();
  const now = useNow();
  const [, go] = useLocation();
  const { queries } = useParts();
  const params = { inviteId: invite.inviteId };
  const standing = standingOf(invite, now);
  const keep = (answer: Invite) => queries.setQueryData(keyOf('matching.readInvite', { params }), answer);
  const accept = useWrite('matching.acceptInvite', {
    renews,
    single: true,
    // Not as a callback of `mutate`: an accepted invite leaves the list, and the button that called it is gone.
    onSuccess: (answer) => {
      keep(answer);
      if (onAccepted) onAccepted();
      else go(`/invites/${invite.inviteId}`);
    },
  });
  const decline = useWrite('matching.declineInvite', { renews, onSuccess: keep });
  const undo = useUndo(() => decline.mutate({ params }));
  const face = standing.kind === 'ended' ? standing.as : undo.waiting || decline.isPending ? 'declining' : standing.kind;
  const fresh = useJustChanged(face);
  const refusal = accept.error ?? decline.error;

  if (standing.kind === 'ended' || decline.isSuccess) {
    return (
      <div className="answers flex flex-col justify-center">
        <InviteOutcome invite={invite} as={standing.kind === 'ended' ? standing.as : 'declined'} />
      </div>
    );
  }
  if (face === 'declining') {
    return (
      <div className="answers flex flex-wrap items-center justify-between gap-3" role="status">
        <p className="min-w-0 grow basis-words font-medium">{say('outcome.declined')}</p>
        <Button aria-disabled={fresh || undefined} busy={decline.isPending} onClick={() => !fresh && undo.undo()}>
          {say('toast.undo')}
        </Button>
      </div>
    );
  }
  return (
    <div className="answers flex flex-col justify-end gap-2">
      <FormRefusal words={refusal ? wordsFor(refusal) : undefined} />
      {standing.kind === 'blocked' ? (
        <p role="status" className="font-medium">
          {say(`invite_blocked.${standing.by}`)}
        </p>
      ) : (
        <Button kind="primary" wide busy={accept.isPending} aria-disabled={fresh || undefined} onClick={() => !fresh && accept.mutate({ params })}>
          {say('invite.accept')}
        </Button>
      )}
      <div className="two-fields grid gap-2">
        <Button wide disabled={accept.isPending} aria-disabled={fresh || undefined} onClick={() => !fresh && undo.start()}>
          {say('invite.decline')}
        </Button>
        <ButtonLink to={`/chats/${invite.conversationId}`} wide>
          {say('invite.ask')}
        </ButtonLink>
      </div>
    </div>
  );
}
