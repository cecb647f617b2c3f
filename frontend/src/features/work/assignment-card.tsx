import MapPin from 'lucide-react/icons/map-pin';
import MessageCircle from 'lucide-react/icons/message-circle';
import type { Answer } from '../../lib/api/client';
import { useNow } from '../../lib/clock/use-clock';
import { useFormat } from '../../lib/format/use-format';
import { useNames } from '../../lib/people/people';
import { useTrades } from '../../lib/people/trades';
import { ButtonLink } from '../../ui/button';
import { Card, Figure, Tag } from '../../ui/card';
import { DayStrip } from '../../ui/day-strip';
import { Notes } from '../../ui/notes';
import { siteNameOf } from '../../ui/place';
import { TradeIcon } from '../../ui/trade-icon';
import { CannotCome } from './cannot-come';
import { nextDayOf } from './next-day';

/** States in which the place can still be given back. */
const mayLeave: ReadonlySet<string> = new Set(['accepted', 'confirmed']);

type Assignment = Answer<'matching.listAssignments'>['items'][number];

/** Shows work that the worker has accepted: where and when to be there, and whom to ask. */
export function AssignmentCard({ assignment }: { assignment: Assignment }) {
  const { say, language, money, clock, onDay } = useFormat(assignment.zone);
  const now = useNow();
  const { nameOf: tradeName, familyOf } = useTrades();
  const nameOf = useNames([assignment.contractor]);
  const next = nextDayOf(assignment, now);
  return (
    <Card settled={next !== null} label={assignment.title}>
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 grow basis-words">
          <p className="flex items-center gap-2 font-medium">
            <TradeIcon family={familyOf(assignment.trade)} />
            {tradeName(assignment.trade)}
          </p>
          <h3 className="text-18 font-bold">{assignment.title}</h3>
          <p className="min-h-6 text-14 text-ink-soft">{nameOf(assignment.contractor)}</p>
        </div>
        <Tag tone={next === null ? 'plain' : 'good'}>{say(`assignment.${assignment.state}`)}</Tag>
      </header>
      {next !== null && <p className="text-18 font-bold">{say('assignment.be_there', { day: onDay(next), time: clock(assignment.startsAt) })}</p>}
      <DayStrip days={assignment.days} />
      <p className="flex items-center gap-2">
        <MapPin aria-hidden className="size-icon shrink-0 text-ink-soft" />
        {siteNameOf(assignment, language)}
      </p>
      {assignment.description && <Notes text={assignment.description} />}
      <div>
        <Figure value={money(assignment.pay.amount)} unit={say(`pay.per_${assignment.pay.basis}`)} />
        <p className="figures text-14 text-ink-soft">{say('pay.total', { total: money(assignment.total.amount), days: assignment.days.length })}</p>
      </div>
      <ButtonLink to={`/chats/${assignment.conversationId}`} wide icon={<MessageCircle aria-hidden className="size-icon" />}>
        {say('assignment.chat')}
      </ButtonLink>
      {next !== null && mayLeave.has(assignment.state) && <CannotCome assignmentId={assignment.assignmentId} />}
    </Card>
  );
}
