import { createContext, useContext, useSyncExternalStore } from 'react';
import { deviceZone } from './device-zone';
import type { Clock } from './clock';

const ClockContext = createContext<Clock | null>(null);
export const ClockProvider = ClockContext.Provider;

/** For what happens at a tap; what is drawn takes {@link useNow} or {@link useToday}, which draw anew when it changes. */
export function useClock(): Clock {
  const clock = useContext(ClockContext);
  if (!clock) throw new Error('There is no clock above this component.');
  return clock;
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
