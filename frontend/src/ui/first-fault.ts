import { useEffect, useRef, type RefObject } from 'react';

const CONTROLS = 'input:not([type="hidden"]), select, textarea, button, [tabindex="0"]';

/** Brings the first field at fault into sight and puts the focus there; without one, the words for the whole form. */
function goToFirstFault(form: HTMLElement): void {
  const field = form.querySelector<HTMLElement>('[data-fault]');
  const control = field?.querySelector<HTMLElement>(CONTROLS);
  const target = control ?? form.querySelector<HTMLElement>('[data-refusal]');
  target?.focus({ preventScroll: true });
  void (field ?? target)?.scrollIntoView({ block: 'center' });
}

/** Each time `faults` is a new refusal, the person is taken to the first thing that it is about. */
export function useFirstFault<Form extends HTMLElement = HTMLFormElement>(faults: unknown, refused: boolean): RefObject<Form | null> {
  const form = useRef<Form>(null);
  useEffect(() => {
    if (refused && form.current) goToFirstFault(form.current);
  }, [faults, refused]);
  return form;
}
