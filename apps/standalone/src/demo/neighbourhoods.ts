import type { Point } from '@muster/contracts/kernel/place';
import { localities, type Place } from '@muster/reference/places';
import type { Seeded } from './seeded';

const kmOfDegree = 111.32;
const parts = 14;
/** The angle between successive parts of a town, by which they lie evenly over a disc, like the seeds of a sunflower. */
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/** The radius of a town in km: 1 for a village, some 9 for two million people. */
const reachOf = ({ population }: Place): number => Math.min(14, 1 + Math.sqrt(population) / 180);

const moved = ({ latitude, longitude }: Point, north: number, east: number): Point => ({
  latitude: latitude + north / kmOfDegree,
  longitude: longitude + east / (kmOfDegree * Math.cos((latitude * Math.PI) / 180)),
});

/** The localities of a town that are less than this from its centre are lived in by the demo's people. */
const QUARTER_KM = 8;

let known: ReadonlyMap<string, readonly Place[]> | undefined;

/** The neighbourhoods of each town by its id; towns without known ones are missing. */
export function quarters(): ReadonlyMap<string, readonly Place[]> {
  return (known ??= grouped());
}

function grouped(): ReadonlyMap<string, readonly Place[]> {
  const byTown = new Map<string, Place[]>();
  for (const one of localities()) {
    const { town } = one;
    if (!town || away(town, one) > QUARTER_KM) continue;
    const some = byTown.get(town.id) ?? [];
    byTown.set(town.id, some);
    some.push(one);
  }
  return byTown;
}

/** A home within some 600 m of the post office that a locality is named after. */
export function homeNear({ point }: Place, seeded: Seeded): Point {
  const scatter = (): number => (seeded.next() - 0.5) * 0.8;
  return moved(point, scatter(), scatter());
}

/** A home in one of the fourteen parts of a town, as its people live: in clusters, not all at its centre. */
export function homeIn(town: Place, seeded: Seeded): Point {
  const part = seeded.whole(0, parts - 1);
  const distance = reachOf(town) * Math.sqrt((part + 0.3) / parts);
  const angle = part * goldenAngle + town.point.latitude;
  const scatter = (): number => (seeded.next() - 0.5) * 1.2;
  return moved(town.point, distance * Math.cos(angle) + scatter(), distance * Math.sin(angle) + scatter());
}

/** Places around a town, itself first. */
export function around(town: Place, all: readonly Place[], km: number): Place[] {
  return all.filter((place) => away(town, place) <= km).sort((a, b) => away(town, a) - away(town, b));
}

/** Kilometres between two places of one region. */
function away({ point: from }: Place, { point: to }: Place): number {
  return Math.hypot(to.latitude - from.latitude, (to.longitude - from.longitude) * Math.cos((from.latitude * Math.PI) / 180)) * kmOfDegree;
}
