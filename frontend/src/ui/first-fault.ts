const CONTROLS = 'input:not([type="hidden"]), select, textarea, button, [tabindex="0"]';

/** Brings the first field at fault into sight and puts the focus there; without one, the words for the whole form. */
export function goToFirstFault(form: HTMLElement): void {
  const field = form.querySelector<HTMLElement>('[data-fault]');
  const control = field?.querySelector<HTMLElement>(CONTROLS);
  const target = control ?? form.querySelector<HTMLElement>('[data-refusal]');
  target?.focus({ preventScroll: true });
  void (field ?? target)?.scrollIntoView({ block: 'center' });
}
