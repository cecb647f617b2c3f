import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Call } from './api/client';
import type { Arrivals } from './arrivals';
import type { Outbox } from './chat/outbox';
import type { Clock } from './clock/clock';
import type { Translations } from './i18n/translations';
import type { Hats } from './session/hat';
import type { Session } from './session/session';
import type { SigningUp } from './session/signing-up';
import type { DeviceStorage } from './session/storage';
import type { Toasts } from './toasts';

/** The parts of one running web app besides its screens. `app/create-app.ts` makes them; none of them is global. */
export interface Parts {
  readonly clock: Clock;
  readonly storage: DeviceStorage;
  readonly session: Session;
  readonly hats: Hats;
  readonly call: Call;
  readonly queries: QueryClient;
  readonly outbox: Outbox;
  readonly toasts: Toasts;
  readonly signingUp: SigningUp;
  readonly arrivals: Arrivals;
  readonly translations: Translations;
}

const PartsContext = createContext<Parts | null>(null);
export const PartsProvider = PartsContext.Provider;

export function useParts(): Parts {
  const parts = useContext(PartsContext);
  if (!parts) throw new Error('There is no PartsProvider above this component.');
  return parts;
}
