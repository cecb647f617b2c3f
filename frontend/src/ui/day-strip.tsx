import { useFormat } from '../lib/format/use-format';
import { ScrollStrip } from './scroll-strip';

/** Shows the days of work in a row. Days between them on which nobody works are left out. */
export function DayStrip({ days }: { days: readonly string[] }) {
  const format = useFormat();
  const shown = [...days].sort().slice(0, 14);
  return (
    <ScrollStrip label={format.days(days)} className="gap-1">
      {shown.map((day) => (
        <li
          key={day}
          className="flex min-w-12 flex-col items-center rounded-small border border-line px-2 py-1"
        >
          <span className="text-14 text-ink-soft">{format.date(day, 'weekday-short')}</span>
          <span className="figures text-18 font-bold">{format.date(day, 'day')}</span>
          <span className="text-14 text-ink-soft">{format.date(day, 'month')}</span>
        </li>
      ))}
      {days.length > shown.length && <li className="self-center px-2 text-14 text-ink-soft">+{days.length - shown.length}</li>}
    </ScrollStrip>
  );
}
