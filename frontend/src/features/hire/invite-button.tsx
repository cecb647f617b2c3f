import Check from 'lucide-react/icons/check';
import { useState } from 'react';
import { useProblemWords } from '../../lib/api/problem-words';
import { useWrite } from '../../lib/api/queries';
import { useSay } from '../../lib/i18n/text';
import { Button } from '../../ui/button';
import { FormRefusal } from '../../ui/form-refusal';
import { useJustChanged } from '../../ui/inert';
import type { Line } from './line-workers';

interface InviteButtonProps {
  jobId: string;
  line: Line;
  worker: { personId: string; displayName: string };
  takesPeople: boolean;
  /** The worker has left the ranking since it was shown, so they cannot come any more. */
  gone: boolean;
}

const renews = ['matching.readJob'] as const;

/**
 * Sends an invite to a worker. The button then stays in its place, says that the worker was asked, and withdraws the invite
 * at another tap.
 */
export function InviteButton({ jobId, line, worker: { personId, displayName }, takesPeople, gone }: InviteButtonProps) {
  const say = useSay();
  const wordsFor = useProblemWords();
  /** The invite that was sent here, known before the job is read again; null once it was withdrawn. */
  const [sent, setSent] = useState<string | null>();
  const send = useWrite('matching.sendInvite', { renews, single: true, onSuccess: ({ inviteId }) => setSent(inviteId) });
  const withdraw = useWrite('matching.withdrawInvite', { renews, single: true, onSuccess: () => setSent(null) });
  const known = line.invites.find((invite) => invite.worker === personId)?.inviteId;
  const asked = sent === undefined ? known : (sent ?? undefined);
  const settled = line.slots.some((slot) => slot.worker === personId);
  const face = settled ? 'settled' : asked !== undefined ? 'asked' : gone ? 'gone' : line.filled >= line.count ? 'full' : 'free';
  const fresh = useJustChanged(face);
  const busy = send.isPending || withdraw.isPending;
  const error = send.error ?? withdraw.error;

  if (!takesPeople && face === 'free') return null;
  return (
    <>
      {face === 'settled' || face === 'gone' || face === 'full' ? (
        <p role="status" className={`flex min-h-touch items-center justify-center gap-2 font-medium ${face === 'settled' ? 'text-good' : 'text-ink-soft'}`}>
          {face === 'settled' && <Check aria-hidden className="size-icon" />}
          {say(face === 'settled' ? 'seat.yes' : face === 'full' ? 'workers.full' : 'workers.gone')}
        </p>
      ) : (
        <Button
          wide
          busy={busy}
          aria-disabled={fresh || undefined}
          icon={face === 'asked' ? <Check aria-hidden className="size-icon text-good" /> : undefined}
          onClick={() => {
            if (fresh) return;
            if (asked === undefined) send.mutate({ params: { jobId, lineId: line.lineId }, body: { worker: personId } });
            else withdraw.mutate({ params: { inviteId: asked } });
          }}
        >
          {say(face === 'asked' ? 'workers.asked' : 'workers.invite')}
        </Button>
      )}
      <span role="status" className="sr-only">
        {typeof sent === 'string' && say('workers.invited', { name: displayName })}
      </span>
      <FormRefusal words={error ? wordsFor(error) : undefined} />
    </>
  );
}
