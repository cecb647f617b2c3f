import { useFormat } from '../../lib/format/use-format';
import { CalendarStrip } from '../../ui/calendar-strip';

interface WorkDaysProps {
  value: readonly string[];
  onChange: (days: string[]) => void;
  /** How many days are shown; without it two weeks. */
  days?: number;
}

/** A field for the days of work. */
export function WorkDays({ value, onChange, days }: WorkDaysProps) {
  const { say, today } = useFormat();
  return (
    <CalendarStrip
      from={today}
      {...(days !== undefined && { days })}
      marked={new Set(value)}
      onMark={(some, marked) => onChange(marked ? [...new Set([...value, ...some])] : value.filter((day) => !some.includes(day)))}
      label={say('job.when')}
      words={{ marked: say('calendar.work'), unmarked: say('calendar.no_work') }}
    />
  );
}
