import type { ReactNode } from 'react';
import type { Answer } from '../../lib/api/client';
import { useFormat } from '../../lib/format/use-format';
import { bandWords, levelWords } from '../../lib/format/words';
import { useTrades } from '../../lib/people/trades';
import { Card, Figure, Tag } from '../../ui/card';
import { Face } from '../../ui/crew-strip';
import { ReasonBars } from '../../ui/reason-bars';

export type RankedWorker = Answer<'matching.rankForLine'>['items'][number];

/** Shows a worker who can come, and why they have their rank. */
export function WorkerCard({ worker, rank, action }: { worker: RankedWorker; rank: number; action?: ReactNode }) {
  const { say, money, number } = useFormat();
  const { nameOf } = useTrades();
  return (
    <Card label={worker.displayName}>
      <header className="flex items-start gap-3">
        <Face name={worker.displayName} />
        <div className="min-w-0 flex-1">
          <h3 className="text-18 font-bold">{worker.displayName}</h3>
          <p className="text-14 text-ink-soft">
            {nameOf(worker.trade)} · {levelWords(worker.level, say)} · {say('profile.years_shown', { years: worker.years, shown: number(worker.years) })}
          </p>
          {worker.sibling && <Tag>{say('worker.sibling')}</Tag>}
        </div>
        <span className="figures text-22 font-bold text-ink-soft" aria-label={say('worker.rank', { rank })}>
          {number(rank)}
        </span>
      </header>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <Figure value={money(worker.dayRate.amount)} unit={say('pay.per_day')} />
        <p>{say('band.away', { band: bandWords(worker.distanceBand, say) })}</p>
      </div>
      <ReasonBars reasons={worker.reasons} parts={worker.parts} total={worker.total} />
      {action}
    </Card>
  );
}
