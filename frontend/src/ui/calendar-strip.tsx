import { addDays, daysBetween, weekdayOfDate } from '@muster/contracts/kernel/civil-time';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useFormat } from '../lib/format/use-format';
import { dayAfterKey } from './calendar-keys';

export interface CalendarStripProps {
  /** The first day that is shown. */
  from: string;
  marked: ReadonlySet<string>;
  /** Days that cannot be changed here: somebody is booked on them. */
  fixed?: ReadonlySet<string>;
  onMark: (days: readonly string[], marked: boolean) => void;
  label: string;
  words: { marked: string; unmarked: string; fixed?: string };
  days?: number;
}

const LONG_PRESS_MS = 450;

/**
 * Days in weeks, tapped one by one; a long press on one and a tap on another marks all between. For the keyboard it is
 * one stop, in which the arrow keys go from day to day.
 */
export function CalendarStrip({ from, marked, fixed, onMark, label, words, days: count = 14 }: CalendarStripProps) {
  const format = useFormat();
  const rangeStart = useRef<string | null>(null);
  const pressed = useRef<{ timer: ReturnType<typeof setTimeout>; long: boolean } | null>(null);
  const days = Array.from({ length: count }, (_, index) => addDays(from, index));
  const lead = weekdayOfDate(from) - 1;
  const [at, setAt] = useState(0);
  const cells = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = dayAfterKey(event.key, at, count);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
    cells.current?.querySelectorAll<HTMLButtonElement>('button')[next]?.focus();
  };

  const press = (event: PointerEvent, day: string) => {
    if (event.button !== 0) return;
    const state = { long: false, timer: setTimeout(() => {
      state.long = true;
      rangeStart.current = day;
      onMark([day], true);
      navigator.vibrate?.(20);
    }, LONG_PRESS_MS) };
    pressed.current = state;
  };
  const release = () => clearTimeout(pressed.current?.timer);
  const tap = (day: string) => {
    if (pressed.current?.long) {
      pressed.current = null;
      return;
    }
    if (rangeStart.current !== null) {
      const [first, last] = [rangeStart.current, day].sort() as [string, string];
      rangeStart.current = null;
      const range = Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
      onMark(range.filter((one) => !fixed?.has(one)), true);
      return;
    }
    onMark([day], !marked.has(day));
  };

  const grid = (
    <div ref={cells} role="group" aria-label={label} className="seven-columns grid gap-1" onKeyDown={onKeyDown}>
      {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
        <span key={weekday} aria-hidden className="day-name text-center text-ink-soft">
          {format.date(addDays(from, weekday - 1 - lead), 'weekday-short')}
        </span>
      ))}
      {lead > 0 && <span aria-hidden style={{ gridColumn: `span ${lead}` }} />}
      {days.map((day, index) => {
        const isFixed = fixed?.has(day) ?? false;
        const isMarked = marked.has(day);
        const state = isFixed ? (words.fixed ?? words.marked) : isMarked ? words.marked : words.unmarked;
        return (
          <button
            key={day}
            type="button"
            aria-pressed={isMarked}
            aria-label={`${format.date(day, 'full')}: ${state}`}
            // Not `disabled`: the arrow keys have to reach a booked day, so that a screen reader can say that it is booked.
            aria-disabled={isFixed || undefined}
            tabIndex={index === Math.min(at, count - 1) ? 0 : -1}
            onFocus={() => setAt(index)}
            onPointerDown={(event) => !isFixed && press(event, day)}
            onPointerUp={release}
            onPointerLeave={release}
            onContextMenu={(event) => event.preventDefault()}
            onClick={() => !isFixed && tap(day)}
            className={`flex min-h-touch min-w-0 flex-col items-center justify-center rounded-small border select-none ${
              isFixed ? 'border-ink bg-ink text-surface' : isMarked ? 'border-good bg-good text-surface-raised' : 'border-line bg-surface-raised'
            }`}
          >
            <span className="day-number figures font-bold">{format.date(day, 'day')}</span>
            {(day === from || day.endsWith('-01')) && <span className="day-name leading-tight">{format.date(day, 'month')}</span>}
          </button>
        );
      })}
    </div>
  );
  if (!words.fixed || !days.some((day) => fixed?.has(day))) return grid;
  return (
    <div className="flex flex-col gap-2">
      {grid}
      {/* Each such day says so to a screen reader by itself. */}
      <p aria-hidden className="flex items-center gap-2 text-14 text-ink-soft">
        <span className="size-4 shrink-0 rounded-small bg-ink" />
        <span className="first-letter:uppercase">{words.fixed}</span>
      </p>
    </div>
  );
}
