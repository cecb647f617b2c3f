import { useEffect, type ReactNode } from 'react';
import { Redirect } from 'wouter';
import { useParts } from '../lib/parts';
import type { Hat } from '../lib/session/hat';
import { useHat, useMe } from '../lib/session/use-session';

/** A screen for one hat. Whoever has the hat wears it here; whoever has not is redirected to their own first screen. */
export function ForHat({ hat, children }: { hat: Hat; children: ReactNode }) {
  const { roles } = useMe();
  const { hats } = useParts();
  const worn = useHat();
  const has = roles.includes(hat);
  useEffect(() => {
    if (has && worn !== hat) hats.wear(hat);
  }, [has, worn, hat, hats]);
  if (!has) return <Redirect to={hat === 'worker' ? '/jobs' : '/home'} replace />;
  return children;
}
