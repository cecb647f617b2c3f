import { useMemo } from 'react';
import { addDays, weekdayOfDate } from '@muster/contracts/kernel/civil-time';
import { useFormat } from '../../lib/format/use-format';
import { CalendarStrip } from '../../ui/calendar-strip';
import { FieldGroup } from '../../ui/field';
import { Chips } from '../../ui/switch';
import type { Draft } from './draft';

interface DaysStepProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  booked: ReadonlySet<string>;
}

/** The week as it usually is, and below it the days that are not as usual. */
export function DaysStep({ draft, change, booked }: DaysStepProps) {
  const { say, date, today } = useFormat();
  const week = useMemo(() => Array.from({ length: 7 }, (_, index) => addDays(today, index + 1 - weekdayOfDate(today))), [today]);
  const free = new Set(
    Array.from({ length: 14 }, (_, index) => addDays(today, index)).filter((day) => draft.exceptions[day] ?? draft.weekly.includes(weekdayOfDate(day))),
  );
  const toggleWeekday = (weekday: number) =>
    change({ weekly: draft.weekly.includes(weekday) ? draft.weekly.filter((one) => one !== weekday) : [...draft.weekly, weekday].sort() });
  const mark = (days: readonly string[], marked: boolean) => {
    const exceptions = { ...draft.exceptions };
    for (const day of days) {
      if (draft.weekly.includes(weekdayOfDate(day)) === marked) delete exceptions[day];
      else exceptions[day] = marked;
    }
    change({ exceptions });
  };

  return (
    <>
      <FieldGroup label={say('profile.week')}>
        <Chips
          options={week.map((day) => ({ value: weekdayOfDate(day), label: date(day, 'weekday-short'), spoken: date(day, 'weekday') }))}
          selected={new Set(draft.weekly)}
          onToggle={toggleWeekday}
        />
      </FieldGroup>
      <FieldGroup label={say('profile.fortnight')} hint={say('profile.fortnight_hint')}>
        <CalendarStrip
          from={today}
          marked={free}
          fixed={booked}
          onMark={mark}
          label={say('profile.fortnight')}
          words={{ marked: say('calendar.free'), unmarked: say('calendar.not_free'), fixed: say('calendar.booked') }}
        />
      </FieldGroup>
    </>
  );
}
