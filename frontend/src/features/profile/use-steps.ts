import { useEffect, useRef } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { steps, type Step } from './draft';

interface Steps {
  step: Step;
  /** Goes to another step; the browser's Back then leads to the present one. */
  goTo: (step: Step) => void;
  /** Leaves the wizard and takes its steps out of the history, so that Back does not lead through them again. */
  leave: (to: string) => void;
}

/** Keeps the step of the wizard in the address, so that Back, a reload and a link lead to the same step. */
export function useSteps(): Steps {
  const [query] = useSearchParams();
  const [path, go] = useLocation();
  /** How many entries of the history before the present one this wizard has added. */
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
