import { useEffect, useRef } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { steps, type Step } from './draft';

interface Steps {
  step: Step;
  /** To another step; the browser's Back leads to the one before. */
  goTo: (step: Step) => void;
  /** Out of the wizard, so that Back does not lead through its steps again. */
  leave: (to: string) => void;
}

/** Which step of the wizard is shown stands in the address: Back, a reload and a link keep it. */
export function useSteps(): Steps {
  const [query] = useSearchParams();
  const [path, go] = useLocation();
  /** Entries that this wizard has added to the history and that still lie behind the present one. */
  const added = useRef(0);
  const asked = query.get('step');
  const step = steps.find((known) => known === asked) ?? 'trade';
  useEffect(() => {
    const back = () => {
      added.current = Math.max(0, added.current - 1);
    };
    window.addEventListener('popstate', back);
    return () => window.removeEventListener('popstate', back);
  }, []);
  useEffect(() => void window.scrollTo(0, 0), [step]);
  return {
    step,
    goTo: (next) => {
      added.current += 1;
      go(`${path}?step=${next}`);
    },
    leave: (to) => {
      const replace = () => go(to, { replace: true });
      if (added.current === 0) return replace();
      window.addEventListener('popstate', replace, { once: true });
      window.history.go(-added.current);
    },
  };
}
