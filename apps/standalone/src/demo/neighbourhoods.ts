import type { Point } from '@muster/contracts/kernel/place';
import type { Place } from '@muster/reference/places';
import type { Seeded } from './seeded';

const kmOfDegree = 111.32;
const parts = 14;
/** Turned by this from one part to the next, parts lie evenly over a disc (the angle of a sunflower's seeds). */
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/** How far out a town is lived in, km: 1 for a village, some 9 for two million people. */
const reachOf = ({ population }: Place): number => Math.min(14, 1 + Math.sqrt(population) / 180);

const moved = ({ latitude, longitude }: Point, north: number, east: number): Point => ({
  latitude: latitude + north / kmOfDegree,
  longitude: longitude + east / (kmOfDegree * Math.cos((latitude * Math.PI) / 180)),
});

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
  const distance = ({ point }: Place): number =>
    Math.hypot(point.latitude - town.point.latitude, (point.longitude - town.point.longitude) * Math.cos((town.point.latitude * Math.PI) / 180)) * kmOfDegree;
  return all.filter((place) => distance(place) <= km).sort((a, b) => distance(a) - distance(b));
}
