import { called, podsOf, type Manifest } from './manifests';
import type { Render } from '../../generate/charts/renders';

/** The objects of a render, each with the keys of its data and the variables of its containers: no values. */
function shape({ muster, backing }: Render): string[] {
  const within = (manifest: Manifest): string[] => [
    ...Object.keys(manifest.data ?? {}),
    ...(manifest.spec?.data ?? []).map(({ secretKey }) => secretKey),
    ...podsOf([manifest]).flatMap(({ spec }) => spec.containers.flatMap(({ env = [] }) => env.map(({ name }) => name))),
  ];
  return [...muster, ...backing].flatMap((manifest) => [called(manifest), ...within(manifest).map((key) => `${called(manifest)}: ${key}`)]);
}

/** What one environment has and the other has not: staging is no rehearsal of what it lacks. */
export function parityFaults(staging: Render, production: Render): string[] {
  const [rehearsed, played] = [new Set(shape(staging)), new Set(shape(production))];
  return [
    ...[...played].filter((one) => !rehearsed.has(one)).map((one) => `production has ${one}, staging has not`),
    ...[...rehearsed].filter((one) => !played.has(one)).map((one) => `staging has ${one}, production has not`),
  ];
}
