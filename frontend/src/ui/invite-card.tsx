import MapPin from 'lucide-react/icons/map-pin';
import Users from 'lucide-react/icons/users';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useFormat } from '../lib/format/use-format';
import { bandWords, levelWords } from '../lib/format/words';
import { Card, Figure } from './card';
import { DayStrip } from './day-strip';
import { Notes } from './notes';
import { siteNameOf } from './place';
import { Ring } from './ring';
import { SpeakerButton } from './speaker-button';
import { TradeIcon } from './trade-icon';

export interface InviteFacts {
  title: string;
  /** What the contractor wrote for those who come. */
  description: string | null;
  family: string;
  trade: string;
  minimumLevel: number;
  placeName: string;
  placeNameHi: string | null;
  zone: string;
  distanceBand: string;
  days: readonly string[];
  startsAt: string;
  endsAt: string;
  pay: { amount: number; basis: 'hour' | 'day' | 'piece' };
  total: number;
  filled: number;
  count: number;
  sentAt: string;
  expiresAt: string;
  /** The name of the contractor; empty until it has been fetched. */
  from: string;
}

/** Shows on one card everything that a worker needs to say yes or no. `actions` stand at its foot; `to` makes the title a link. */
export function InviteCard({ invite, to, open, actions }: { invite: InviteFacts; to?: string; open: boolean; actions?: ReactNode }) {
  const { say, language, money, days, clock, timeLeft } = useFormat(invite.zone);
  const trade = `${invite.trade} · ${levelWords(invite.minimumLevel, say)}`;
  const pay = money(invite.pay.amount);
  const unit = say(`pay.per_${invite.pay.basis}`);
  const hours = say('hours.from_to', { from: clock(invite.startsAt), to: clock(invite.endsAt) });
  const place = say('invite.place', { place: siteNameOf(invite, language), band: say('band.away', { band: bandWords(invite.distanceBand, say) }) });
  const others = say('invite.others', { filled: invite.filled, count: invite.count });
  const aloud = [trade, `${pay} ${unit}`, days(invite.days), hours, place, others, invite.description ?? ''].filter(Boolean).join('. ');

  return (
    <Card label={invite.title}>
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex min-w-0 grow basis-words flex-col gap-1">
          <p className="flex items-center gap-2 font-medium">
            <TradeIcon family={invite.family} />
            <span>{trade}</span>
          </p>
          <h2 className="text-18 font-bold">{to ? <Link href={to}>{invite.title}</Link> : invite.title}</h2>
          {/* A line of its own before the name has come, too: what comes moves nothing. */}
          <p className="min-h-6 text-14 text-ink-soft">{invite.from}</p>
        </div>
        {open && (
          <Ring from={Date.parse(invite.sentAt)} until={Date.parse(invite.expiresAt)} words={(left) => (left === 0 ? say('left.over') : timeLeft(left))} />
        )}
      </header>
      <div className="flex items-end justify-between gap-3">
        <div className="min-w-0">
          <Figure value={pay} unit={unit} />
          <p className="figures text-14 text-ink-soft">{say('pay.total', { total: money(invite.total), days: invite.days.length })}</p>
        </div>
        {open && <SpeakerButton text={aloud} />}
      </div>
      <DayStrip days={invite.days} />
      <ul className="flex flex-col gap-1">
        <li>{hours}</li>
        <li className="flex items-center gap-2">
          <MapPin aria-hidden className="size-icon shrink-0 text-ink-soft" />
          <span>{place}</span>
        </li>
        <li className="flex items-center gap-2">
          <Users aria-hidden className="size-icon shrink-0 text-ink-soft" />
          <span>{others}</span>
        </li>
      </ul>
      {invite.description && <Notes text={invite.description} />}
      {actions && <footer className="flex flex-col gap-2">{actions}</footer>}
    </Card>
  );
}
