import { useSyncExternalStore } from 'react';
import { useParts } from '../parts';
import type { Hat } from './hat';
import type { Role, SessionState } from './session';

export function useSession(): SessionState {
  const { session } = useParts();
  return useSyncExternalStore(session.subscribe, session.current);
}

/** The person that is signed in; only for screens behind the sign-in. */
export function useMe(): { personId: string; roles: readonly Role[] } {
  const current = useSession();
  return current.state === 'signed-in' ? current : { personId: '', roles: [] };
}

/** The hat that somebody wears now; whoever has only one wears that one. */
export function useHat(): Hat | null {
  const { roles } = useMe();
  const { hats } = useParts();
  const preferred = useSyncExternalStore(hats.subscribe, hats.preferred);
  const worn = (['worker', 'contractor'] as const).filter((hat) => roles.includes(hat));
  return worn.find((hat) => hat === preferred) ?? worn[0] ?? null;
}
