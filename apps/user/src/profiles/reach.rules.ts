/** The edges of the distance bands in answers, and coarse steps beyond the last one, in kilometres. */
const STEPS = [2, 5, 10, 25, 50, 100, 200, 300];

/**
 * The travel radius that other services may know: the last step within the worker's own radius, so that nobody is asked
 * to come farther. An exact radius would draw one more circle around every home: a site that is moved from place to
 * place would find its edge, and locate the home more precisely than the bands do.
 */
export function reachInSteps(kilometres: number): number {
  return STEPS.findLast((step) => step <= kilometres) ?? kilometres;
}
