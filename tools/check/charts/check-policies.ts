// Holds every render against every policy, and every policy against the faults planted for it. Part of `npm run check:charts`.
import type { Render } from '../../generate/charts/renders';
import { policies } from './policies/all';

/** A fault and where it is, a line each. */
export function policyFaults(renders: readonly Render[]): string[] {
  return renders.flatMap((one) => policies.flatMap(({ name, check }) => check(one).map((fault) => `${one.environment}: ${name}: ${fault}`)));
}

/** Plants that their policy did not notice. */
export function missedPlants(renders: readonly Render[]): string[] {
  return policies.flatMap(({ name, check, plants }) => {
    if (plants.length === 0) return [`${name} was never seen failing: it has no plant`];
    return plants.flatMap((plant) => {
      const good = renders.find(({ environment }) => environment === plant.in);
      if (!good) return [`${name}: ${plant.in} was not rendered`];
      const bad = structuredClone(good);
      plant.plant(bad);
      const found = check(bad);
      return found.some((fault) => plant.expect.test(fault)) ? [] : [`${name} did not notice “${plant.fault}” (${found[0] ?? 'found nothing'})`];
    });
  });
}

export const plantCount = (): number => policies.reduce((sum, { plants }) => sum + plants.length, 0);
