const CONTROLS = 'input:not([type="hidden"]), select, textarea, button, [tabindex="0"]';

/** Scrolls to the first field at fault and puts the focus on it. Where no field is at fault, it goes to the words for the whole form. */
export function goToFirstFault(form: HTMLElement): void {
  const field = form.querySelector<HTMLElement>('[data-fault]');
  const control = field?.querySelector<HTMLElement>(CONTROLS);
  const target = control ?? form.querySelector<HTMLElement>('[data-refusal]');
  target?.focus({ preventScroll: true });
  void (field ?? target)?.scrollIntoView({ block: 'center' });
}
