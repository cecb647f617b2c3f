/** The edges of the distance bands that answers carry, and beyond the last one coarse steps; kilometres. */
const STEPS = [2, 5, 10, 25, 50, 100, 200, 300];

/**
 * How far a worker travels as the other services may know it: the last step that is not beyond what they said, so that
 * nobody is asked to come farther. An exact reach would be one more circle around every home: a site moved from place to
 * place finds its edge, and with it the home more finely than the bands tell.
 */
export function reachInSteps(kilometres: number): number {
  return STEPS.findLast((step) => step <= kilometres) ?? kilometres;
}
