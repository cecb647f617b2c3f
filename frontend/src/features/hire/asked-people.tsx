import { useProblemWords } from '../../lib/api/problem-words';
import { useWrite } from '../../lib/api/queries';
import { useNow } from '../../lib/clock/use-clock';
import { useFormat } from '../../lib/format/use-format';
import { useParts } from '../../lib/parts';
import { Button } from '../../ui/button';
import { Fold } from '../../ui/fold';
import { useJustChanged, useUndo } from '../../ui/inert';
import { useSteady } from '../../ui/steady';
import type { Line } from './line-workers';

type Asked = Line['invites'][number];
const idOf = ({ inviteId }: Asked) => inviteId;

/**
 * Lists the workers who were asked and have not answered yet. The closed list is one row that is always shown, so that
 * nothing moves on the screen when somebody is asked.
 */
export function AskedPeople({ invites, nameOf }: { invites: readonly Asked[]; nameOf: (person: string) => string }) {
  const { say } = useFormat();
  const steady = useSteady(invites, idOf);
  return (
    <Fold lined label={say('job.asked', { count: invites.length })}>
      <ul className="flex flex-col border-t border-line">
        {steady.map(({ item, gone }) => (
          <AskedRow key={item.inviteId} invite={item} gone={gone} name={nameOf(item.worker)} />
        ))}
      </ul>
    </Fold>
  );
}

function AskedRow({ invite, gone, name }: { invite: Asked; gone: boolean; name: string }) {
  const { say, timeLeft } = useFormat();
  const { toasts } = useParts();
  const wordsFor = useProblemWords();
  const now = useNow();
  const withdraw = useWrite('matching.withdrawInvite', { renews: ['matching.readJob'] });
  const undo = useUndo(() => withdraw.mutate({ params: { inviteId: invite.inviteId } }, { onError: (error) => toasts.toast(wordsFor(error)) }));
  const fresh = useJustChanged(undo.waiting ? 'waiting' : 'asked');
  const left = timeLeft(Date.parse(invite.expiresAt) - now);
  return (
    <li className="flex min-h-action flex-wrap items-center justify-between gap-x-3 border-b border-line py-1 last:border-b-0">
      <span className="min-w-0 grow basis-words">
        <span className="block font-medium">{name}</span>
        <span className="text-14 text-ink-soft">
          {undo.waiting ? say('job.withdrawn') : gone ? say('job.answered') : say(invite.state === 'seen' ? 'job.invite_seen' : 'job.invite_sent', { left })}
        </span>
      </span>
      {!gone && (
        <Button kind="quiet" busy={withdraw.isPending} aria-disabled={fresh || undefined} onClick={() => !fresh && (undo.waiting ? undo.undo() : undo.start())}>
          <span className="whitespace-nowrap">{say(undo.waiting ? 'toast.undo' : 'job.withdraw')}</span>
        </Button>
      )}
    </li>
  );
}
