import { daysBetween, localTimeAt } from '@muster/contracts/kernel/civil-time';
import type { MessageId } from '../i18n/generated/message-id';

/** Brings the words for dates and money; everything else in this file is pure. */
type Say = (id: MessageId, values?: Record<string, string | number>) => string;
export type Language = 'en' | 'hi';

const locales: Record<Language, string> = { en: 'en-IN', hi: 'hi-IN' };
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.ListFormat>();

function memo<F extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.ListFormat>(key: string, make: () => F): F {
  const known = made.get(key) as F | undefined;
  if (known) return known;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

/** Paise as rupees with lakh grouping: ₹1,20,000; paise are said only where there are some. */
export function money(amount: number, language: Language): string {
  const digits = amount % 100 === 0 ? 0 : 2;
  const format = memo(`money ${language} ${digits}`, () =>
    new Intl.NumberFormat(locales[language], {
      style: 'currency',
      currency: 'INR',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      numberingSystem: 'latn',
    }),
  );
  return format.format(amount / 100);
}

/** A number with lakh grouping and the mathematical minus sign. */
export function number(value: number, language: Language): string {
  return memo(`number ${language}`, () => new Intl.NumberFormat(locales[language], { numberingSystem: 'latn' })).format(value).replace('-', '−');
}

/** Noon UTC of a civil date: it is so far from midnight that no zone makes another day of it. */
function noon(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}

export type DateShape = 'day' | 'month' | 'weekday' | 'weekday-short' | 'day-month' | 'full' | 'long';
const shapes: Record<DateShape, Intl.DateTimeFormatOptions> = {
  day: { day: 'numeric' },
  month: { month: 'short' },
  weekday: { weekday: 'long' },
  'weekday-short': { weekday: 'short' },
  'day-month': { day: 'numeric', month: 'short' },
  full: { weekday: 'short', day: 'numeric', month: 'short' },
  long: { weekday: 'long', day: 'numeric', month: 'long' },
};

export function date(civil: string, shape: DateShape, language: Language): string {
  return memo(`date ${language} ${shape}`, () =>
    new Intl.DateTimeFormat(locales[language], { ...shapes[shape], timeZone: 'UTC', numberingSystem: 'latn' }),
  ).format(noon(civil));
}

/** A day in words: today, tomorrow or yesterday, else weekday and date. */
export function spokenDay(civil: string, today: string, language: Language, say: Say): string {
  const distance = daysBetween(today, civil);
  if (distance === 0) return say('day.today');
  if (distance === 1) return say('day.tomorrow');
  if (distance === -1) return say('day.yesterday');
  return date(civil, 'full', language);
}

/** A day as the time of something that happens on it: कल, मंगलवार, 1 दिसंबर को. Written out, since it is an appointment. */
export function onDay(civil: string, today: string, language: Language, say: Say): string {
  return Math.abs(daysBetween(today, civil)) <= 1 ? spokenDay(civil, today, language, say) : say('day.on', { day: date(civil, 'long', language) });
}

/** Several days in words: a run of days by its ends, loose days one by one. */
export function spokenDays(days: readonly string[], today: string, language: Language, say: Say): string {
  const sorted = [...days].sort();
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return '';
  if (sorted.length === 1) return spokenDay(first, today, language, say);
  if (daysBetween(first, last) === sorted.length - 1) {
    return say('day.range', { from: spokenDay(first, today, language, say), to: date(last, 'full', language) });
  }
  return sorted.length <= 3
    ? memo(`list ${language}`, () => new Intl.ListFormat(locales[language], { type: 'conjunction' })).format(
        sorted.map((day) => date(day, 'day-month', language)),
      )
    : say('day.some', { count: sorted.length, from: date(first, 'day-month', language), to: date(last, 'day-month', language) });
}

/** A time in words: `09:00` becomes 9 am, सुबह 9 बजे. */
export function clock(time: string, say: Say): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const shown = `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`}`;
  const part: MessageId =
    hour < 4 ? 'clock.small_hours' : hour < 12 ? 'clock.morning' : hour < 16 ? 'clock.afternoon' : hour < 20 ? 'clock.evening' : 'clock.night';
  return say(part, { time: shown });
}

/** The time that clocks in a zone show at an instant. */
export function clockOf(instant: string, zone: string, say: Say): string {
  return clock(localTimeAt(Date.parse(instant), zone), say);
}

/** A remaining time in words, in the two largest units at most. */
export function timeLeft(milliseconds: number, say: Say): string {
  const minutes = Math.max(0, Math.ceil(milliseconds / 60_000));
  if (minutes < 60) return say('left.minutes', { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? say('left.hours', { hours }) : say('left.hours_minutes', { hours, minutes: minutes % 60 });
  return say('left.days', { days: Math.floor(hours / 24) });
}

/** Replaces the digits of every Indian script by 0–9. */
export function plainDigits(text: string): string {
  return text.replace(/[\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f\u0be6-\u0bef\u0c66-\u0c6f\u0ce6-\u0cef\u0d66-\u0d6f]/g, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    // Each of these scripts has its ten digits in a row starting at …6 of its block.
    return String((code - 0x0966) % 0x80);
  });
}

/** Rupees typed by a person, `1,200` or `१२००`, in paise; null when that is no amount. */
export function paiseOf(typed: string): number | null {
  const cleaned = plainDigits(typed).replace(/[₹,\s]/g, '');
  return /^\d{1,8}(\.\d{1,2})?$/.test(cleaned) ? Math.round(Number(cleaned) * 100) : null;
}
