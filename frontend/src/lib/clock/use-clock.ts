import { useSyncExternalStore } from 'react';
import { useParts } from '../parts';
import type { Clock } from './clock';
import { deviceZone } from './device-zone';

/** For what happens at a tap; what is drawn takes {@link useNow} or {@link useToday}, which draw anew when it changes. */
export function useClock(): Clock {
  return useParts().clock;
}

/** Milliseconds since 1970, renewed four times a minute and whenever the page is looked at again. */
export function useNow(): number {
  const clock = useClock();
  return useSyncExternalStore(clock.subscribe, clock.steadyNow);
}

/** The civil date now in a zone: of a job or an invite its site's, else the device's. */
export function useToday(zone: string = deviceZone()): string {
  const clock = useClock();
  return useSyncExternalStore(clock.subscribe, () => clock.today(zone));
}
