import type { Answer } from '../../lib/api/client';
import { asProblem } from '../../lib/api/problem-error';
import { problemWords } from '../../lib/api/problem-words';
import { useRead, useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { severalOf } from '../../lib/format/words';
import { useParts } from '../../lib/parts';
import { useTrades } from '../../lib/people/trades';
import { Button } from '../../ui/button';
import { Tag } from '../../ui/card';
import { FormRefusal } from '../../ui/form-refusal';
import { EmptyState, Loaded } from '../../ui/states';
import { WorkerCard, type RankedWorker } from './worker-card';

export type Line = Answer<'matching.readJob'>['lines'][number];

/** The workers who can come for a line, best first, each with Invite. */
export function LineWorkers({ jobId, line, takesPeople }: { jobId: string; line: Line; takesPeople: boolean }) {
  const { say, number, language } = useFormat();
  const { nameOf } = useTrades();
  const params = { jobId, lineId: line.lineId };
  const ranking = useRead('matching.rankForLine', { params, query: { limit: 20 } }, { keepPrevious: true });
  return (
    <Loaded read={ranking}>
      {({ items, matches }) =>
        items.length === 0 ? (
          <EmptyState title={say('workers.none', { trade: severalOf(nameOf(line.trade), language) })}>{say('workers.none_detail')}</EmptyState>
        ) : (
          <>
            <p className="text-ink-soft">{say('workers.count', { count: matches, shown: number(matches) })}</p>
            {items.map((worker, index) => (
              <WorkerCard
                key={worker.personId}
                worker={worker}
                rank={index + 1}
                action={<InviteButton jobId={jobId} line={line} worker={worker} takesPeople={takesPeople} />}
              />
            ))}
          </>
        )
      }
    </Loaded>
  );
}

function InviteButton({ jobId, line, worker, takesPeople }: { jobId: string; line: Line; worker: RankedWorker; takesPeople: boolean }) {
  const { say, timeLeft } = useFormat();
  const { toasts } = useParts();
  const send = useWrite('matching.sendInvite', {
    renews: ['matching.readJob', 'matching.rankForLine'],
    onSuccess: () => toasts.toast(say('workers.invited', { name: worker.displayName })),
  });
  const asked = line.invites.find((invite) => invite.worker === worker.personId);
  if (line.slots.some((slot) => slot.worker === worker.personId)) return <Tag tone="good">{say('seat.yes')}</Tag>;
  if (asked) return <Tag>{say('workers.asked', { left: timeLeft(Date.parse(asked.expiresAt) - Date.now()) })}</Tag>;
  if (!takesPeople || line.filled >= line.count) return null;
  return (
    <>
      <FormRefusal words={send.error ? problemWords(asProblem(send.error)) : undefined} />
      <Button
        wide
        busy={send.isPending}
        onClick={() => send.mutate({ params: { jobId, lineId: line.lineId }, body: { worker: worker.personId } })}
      >
        {say('workers.invite')}
      </Button>
    </>
  );
}
