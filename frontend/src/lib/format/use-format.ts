import { civilDateAt } from '@muster/contracts/kernel/civil-time';
import { useMemo } from 'react';
import { deviceZone } from '../clock/device-zone';
import { useToday } from '../clock/use-clock';
import { useSay, type Say } from '../i18n/text';
import { useLanguage } from '../i18n/translations';
import * as format from './format';

export interface Format {
  say: Say;
  language: format.Language;
  today: string;
  money(amount: number): string;
  number(value: number): string;
  date(civil: string, shape: format.DateShape): string;
  day(civil: string): string;
  /** The day of an appointment, written out. */
  onDay(civil: string): string;
  days(civil: readonly string[]): string;
  clock(time: string): string;
  clockOf(instant: string): string;
  /** A day and a time: tomorrow 9 am, कल सुबह 9 बजे. */
  moment(instant: string): string;
  /** For lists: the time of a moment of today, else its day. */
  shortMoment(instant: string): string;
  timeLeft(milliseconds: number): string;
}

/**
 * Returns everything that turns a value into words, in the language in use. Days and times are those of the zone: the
 * site's for a job, an invite or an assignment, else the device's. The component is drawn again at the zone's midnight.
 */
export function useFormat(zone: string = deviceZone()): Format {
  const say = useSay();
  const language = useLanguage();
  const today = useToday(zone);
  return useMemo(() => {
    const dayOf = (epochMs: number) => civilDateAt(epochMs, zone);
    return {
      say,
      language,
      today,
      money: (amount) => format.money(amount, language),
      number: (value) => format.number(value, language),
      date: (civil, shape) => format.date(civil, shape, language),
      day: (civil) => format.spokenDay(civil, today, language, say),
      onDay: (civil) => format.onDay(civil, today, language, say),
      days: (civil) => format.spokenDays(civil, today, language, say),
      clock: (time) => format.clock(time, say),
      clockOf: (instant) => format.clockOf(instant, zone, say),
      moment: (instant) =>
        say('moment', {
          day: format.spokenDay(dayOf(Date.parse(instant)), today, language, say),
          time: format.clockOf(instant, zone, say),
        }),
      shortMoment: (instant) => {
        const day = dayOf(Date.parse(instant));
        return day === today ? format.clockOf(instant, zone, say) : format.date(day, 'day-month', language);
      },
      timeLeft: (milliseconds) => format.timeLeft(milliseconds, say),
    };
  }, [say, language, zone, today]);
}
