import { useFormat } from '../../lib/format/use-format';
import { levelWords } from '../../lib/format/words';
import { useNames } from '../../lib/people/people';
import { useTrades } from '../../lib/people/trades';
import { Card } from '../../ui/card';
import { CrewStrip } from '../../ui/crew-strip';
import { TradeIcon } from '../../ui/trade-icon';
import { AskedPeople } from './asked-people';
import { CrewPeople } from './call-off';
import type { Line } from './line-workers';
import { seatsOf } from './seats';

export function LineCrew({ jobId, line, zone }: { jobId: string; line: Line; zone: string }) {
  const { say, money, days, clock } = useFormat(zone);
  const { nameOf: tradeName, familyOf } = useTrades();
  const nameOf = useNames([...line.slots.flatMap(({ worker }) => worker ?? []), ...line.invites.map(({ worker }) => worker)]);
  const title = say('job.line', { count: line.count, trade: tradeName(line.trade) });

  return (
    <Card as="section" label={title} settled={line.filled >= line.count}>
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 grow basis-words">
          <h2 className="flex items-center gap-2 text-18 font-bold">
            <TradeIcon family={familyOf(line.trade)} />
            {title}
          </h2>
          <p className="text-14 text-ink-soft">
            {levelWords(line.minimumLevel, say)} · {days(line.days)} · {say('hours.from_to', { from: clock(line.startsAt), to: clock(line.endsAt) })}
          </p>
        </div>
        <p className="figures shrink-0 font-bold">
          {money(line.pay.amount)}
          <span className="block text-14 font-normal text-ink-soft">{say(`pay.per_${line.pay.basis}`)}</span>
        </p>
      </header>
      <CrewStrip seats={seatsOf(line, nameOf)} label={title} />
      <CrewPeople jobId={jobId} slots={line.slots} nameOf={nameOf} />
      <AskedPeople invites={line.invites} nameOf={nameOf} />
    </Card>
  );
}
