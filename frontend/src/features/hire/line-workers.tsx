import { useState } from 'react';
import type { Answer } from '../../lib/api/client';
import { useRead } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { severalOf } from '../../lib/format/words';
import { useTrades } from '../../lib/people/trades';
import { Button } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/states';
import { useSteady } from '../../ui/steady';
import { InviteButton } from './invite-button';
import { WorkerCard, type RankedWorker } from './worker-card';

export type Line = Answer<'matching.readJob'>['lines'][number];

const STEP = 20;
/** The service ranks no more workers than this at once. */
const MOST = 100;

const idOf = ({ personId }: RankedWorker) => personId;
const nobody: readonly RankedWorker[] = [];

/**
 * Lists the workers who can come for a line, the best first, each with a button to invite them. They keep their places while
 * the list is looked at.
 */
export function LineWorkers({ jobId, line, takesPeople }: { jobId: string; line: Line; takesPeople: boolean }) {
  const { say, number, language } = useFormat();
  const { nameOf } = useTrades();
  const [limit, setLimit] = useState(STEP);
  const ranking = useRead('matching.rankForLine', { params: { jobId, lineId: line.lineId }, query: { limit } }, { keepPrevious: true });
  const steady = useSteady(ranking.data?.items ?? nobody, idOf);
  return (
    <Loaded read={ranking}>
      {({ items, matches }) =>
        steady.length === 0 ? (
          <EmptyState title={say('workers.none', { trade: severalOf(nameOf(line.trade), language) })}>{say('workers.none_detail')}</EmptyState>
        ) : (
          <>
            <p className="text-ink-soft">{say('workers.count', { count: matches, shown: number(matches) })}</p>
            {steady.map(({ item, gone }, index) => (
              <WorkerCard
                key={item.personId}
                worker={item}
                rank={index + 1}
                action={<InviteButton jobId={jobId} line={line} worker={item} takesPeople={takesPeople} gone={gone} />}
              />
            ))}
            {matches > items.length &&
              (limit < MOST ? (
                <Button wide busy={ranking.isPlaceholderData} onClick={() => setLimit(limit + STEP)}>
                  {say('list.more')}
                </Button>
              ) : (
                <p className="text-ink-soft">{say('workers.best', { shown: number(items.length), matches: number(matches) })}</p>
              ))}
          </>
        )
      }
    </Loaded>
  );
}
