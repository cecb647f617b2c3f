import Check from 'lucide-react/icons/check';
import Clock from 'lucide-react/icons/clock';
import { useSay } from '../lib/i18n/text';
import { ScrollStrip } from './scroll-strip';

export interface Seat {
  key: string;
  state: 'open' | 'asked' | 'yes' | 'confirmed' | 'on_site' | 'late';
  /** Empty for a seat that nobody holds. */
  name: string;
}

const looks: Record<Seat['state'], string> = {
  open: 'border-dashed border-ink-soft text-ink-soft',
  asked: 'border-dashed border-ink bg-surface text-ink',
  yes: 'border-good bg-good text-surface-raised',
  confirmed: 'border-good bg-good text-surface-raised',
  on_site: 'border-good bg-good text-surface-raised',
  late: 'border-bad bg-bad text-surface-raised',
};

/** Shows the places of a line as seats: who has one, who was asked, and which are still empty. */
export function CrewStrip({ seats, label }: { seats: readonly Seat[]; label: string }) {
  const say = useSay();
  return (
    <ScrollStrip label={label} className="gap-3 py-1">
      {seats.map((seat) => (
        <li key={seat.key} className="flex w-picture shrink-0 flex-col items-center gap-1 text-center">
          <span className={`flex size-touch items-center justify-center rounded-round border-2 font-bold ${looks[seat.state]}`} aria-hidden>
            {seat.state === 'open' ? '' : initialsOf(seat.name)}
          </span>
          {/* Two lines are kept for every name, so that nothing moves when an empty seat is taken. */}
          <span className="two-lines line-clamp-2 w-full text-14 leading-tight font-medium">{seat.state === 'open' ? '' : seat.name}</span>
          <span className="flex min-h-6 items-center gap-1 text-14 text-ink-soft">
            {seat.state === 'open' ? null : seat.state === 'asked' || seat.state === 'late' ? <Clock aria-hidden className="size-4" /> : <Check aria-hidden className="size-4" />}
            {say(seat.state === 'open' ? 'seat.empty' : `seat.${seat.state}`)}
          </span>
        </li>
      ))}
    </ScrollStrip>
  );
}

export function initialsOf(name: string): string {
  const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...letters.segment(word)][0]?.segment ?? '')
    .join('')
    .toLocaleUpperCase();
}

export function Face({ name }: { name: string }) {
  return (
    <span aria-hidden className="flex size-touch shrink-0 items-center justify-center rounded-round border border-line bg-surface font-bold">
      {initialsOf(name)}
    </span>
  );
}
