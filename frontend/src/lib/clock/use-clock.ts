import { useSyncExternalStore } from 'react';
import { useParts } from '../parts';
import type { Clock } from './clock';
import { deviceZone } from './device-zone';

/** For what happens at a tap. What is drawn uses {@link useNow} or {@link useToday}, which draw the component again. */
export function useClock(): Clock {
  return useParts().clock;
}

/** Milliseconds since 1970, renewed four times a minute and whenever the page is looked at again. */
export function useNow(): number {
  const clock = useClock();
  return useSyncExternalStore(clock.subscribe, clock.steadyNow);
}

/** The present civil date in a zone: that of the site for a job or an invite, else that of the device. */
export function useToday(zone: string = deviceZone()): string {
  const clock = useClock();
  return useSyncExternalStore(clock.subscribe, () => clock.today(zone));
}
