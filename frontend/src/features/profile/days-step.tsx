import { addDays, weekdayOfDate } from '@muster/contracts/kernel/civil-time';
import { useMemo } from 'react';
import { useWatch } from 'react-hook-form';
import { useFormat } from '../../lib/format/use-format';
import type { Form } from '../../lib/forms/use-form';
import { CalendarStrip } from '../../ui/calendar-strip';
import { FormGroup } from '../../ui/form';
import { Chips } from '../../ui/switch';
import type { Draft } from './draft';

interface DaysStepProps {
  form: Form<Draft>;
  booked: ReadonlySet<string>;
}

/** Asks for the weekdays on which the worker is usually free, and below them for the days that differ. */
export function DaysStep({ form, booked }: DaysStepProps) {
  const { say, date, today } = useFormat();
  const week = useMemo(() => Array.from({ length: 7 }, (_, index) => addDays(today, index + 1 - weekdayOfDate(today))), [today]);
  const weekly = useWatch({ control: form.control, name: 'weekly' });
  const freeDays = (exceptions: Draft['exceptions']) =>
    new Set(Array.from({ length: 14 }, (_, index) => addDays(today, index)).filter((day) => exceptions[day] ?? weekly.includes(weekdayOfDate(day))));
  const withMarked = (exceptions: Draft['exceptions'], days: readonly string[], marked: boolean) => {
    const next = { ...exceptions };
    for (const day of days) {
      if (weekly.includes(weekdayOfDate(day)) === marked) delete next[day];
      else next[day] = marked;
    }
    return next;
  };

  return (
    <>
      <FormGroup form={form} name="weekly" label={say('profile.week')}>
        {({ value, onChange }) => (
          <Chips
            options={week.map((day) => ({ value: weekdayOfDate(day), label: date(day, 'weekday-short'), spoken: date(day, 'weekday') }))}
            selected={new Set(value)}
            onToggle={(weekday) => onChange(value.includes(weekday) ? value.filter((one) => one !== weekday) : [...value, weekday].sort())}
          />
        )}
      </FormGroup>
      <FormGroup form={form} name="exceptions" label={say('profile.fortnight')} hint={say('profile.fortnight_hint')}>
        {({ value, onChange }) => (
          <CalendarStrip
            from={today}
            marked={freeDays(value)}
            fixed={booked}
            onMark={(days, marked) => onChange(withMarked(value, days, marked))}
            label={say('profile.fortnight')}
            words={{ marked: say('calendar.free'), unmarked: say('calendar.not_free'), fixed: say('calendar.booked') }}
          />
        )}
      </FormGroup>
    </>
  );
}
