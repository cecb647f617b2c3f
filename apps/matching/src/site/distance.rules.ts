import { distanceBand, type DistanceBand, type Point } from '@muster/contracts/kernel/place';

/**
 * Distances are compared as squared chords of the unit sphere. That needs no trigonometry per worker, and single
 * precision (about a metre) suffices for a place that was snapped to a kilometre. Rules and index use the same
 * functions, so that both put a worker at the edge of a band on the same side.
 */
const EARTH_KM = 6371.0088;
const RADIAN = Math.PI / 180;

export type OnSphere = readonly [x: number, y: number, z: number];

export function onSphere({ latitude, longitude }: Point): OnSphere {
  const across = Math.cos(latitude * RADIAN);
  return [
    Math.fround(across * Math.cos(longitude * RADIAN)),
    Math.fround(across * Math.sin(longitude * RADIAN)),
    Math.fround(Math.sin(latitude * RADIAN)),
  ];
}

export function chordSquared(a: OnSphere, x: number, y: number, z: number): number {
  const dx = a[0] - x;
  const dy = a[1] - y;
  const dz = a[2] - z;
  return dx * dx + dy * dy + dz * dz;
}

/** The value of {@link chordSquared} at a distance. */
export function chordSquaredOf(kilometres: number): number {
  const chord = 2 * Math.sin(Math.min(kilometres / (2 * EARTH_KM), Math.PI / 2));
  return chord * chord;
}

/** The bands in order. A score sees a distance only as one of these. */
export const bands: readonly DistanceBand[] = distanceBand.options;
/** Each band ends before this squared chord. */
export const bandEnds: readonly number[] = [2, 5, 10, 25, 50].map(chordSquaredOf);

/**
 * The widest radius that can be asked for: the edge of the last bounded band, beyond which cards do not tell distances
 * apart.
 */
export const WIDEST_RADIUS_KM = 50;
/** The distance that stands for "any distance"; nobody travels farther. */
export const ANY_DISTANCE_KM = 300;

/**
 * The radius that a search uses. Null means any distance, and so does a radius above {@link WIDEST_RADIUS_KM} in jobs
 * of earlier releases.
 */
export function radiusKmOf(asked: number | null): number {
  return asked === null || asked > WIDEST_RADIUS_KM ? ANY_DISTANCE_KM : asked;
}

/** Returns an index into {@link bands}. */
export function bandAt(squared: number): number {
  let band = 0;
  while (band < bandEnds.length && squared >= (bandEnds[band] as number)) band += 1;
  return band;
}

/** The band that a score and an invite show for the same two points. */
export function bandBetween(from: Point, to: Point): DistanceBand {
  return bands[bandAt(chordSquared(onSphere(from), ...onSphere(to)))] as DistanceBand;
}

/** Degrees of latitude and longitude that contain everything within `radiusKm` of the point. */
export function boundsAround({ latitude }: Point, radiusKm: number): { latitude: number; longitude: number } {
  const margin = 0.001;
  const angle = radiusKm / EARTH_KM;
  const reach = angle / RADIAN + margin;
  const widest = Math.abs(latitude) + reach >= 89.9;
  const longitude = widest ? 180 : Math.asin(Math.sin(angle) / Math.cos(latitude * RADIAN)) / RADIAN + margin;
  return { latitude: reach, longitude: Number.isFinite(longitude) ? longitude : 180 };
}

/**
 * The most degrees of longitude by which anything within `radiusKm` and between two latitudes is away; negative if
 * nothing is there.
 */
export function widthBetween(point: Point, radiusKm: number, south: number, north: number): number {
  const bounds = boundsAround(point, radiusKm);
  const { latitude } = point;
  if (south > latitude + bounds.latitude || north < latitude - bounds.latitude) return -1;
  const angle = radiusKm / EARTH_KM;
  // The circle is widest a little nearer to the pole than its centre.
  const widest = Math.asin(Math.max(-1, Math.min(1, Math.sin(latitude * RADIAN) / Math.cos(angle)))) / RADIAN;
  if (bounds.longitude >= 180 || (south <= widest && widest <= north)) return bounds.longitude;
  const edge = (widest < south ? south : north) * RADIAN;
  const cosine = (Math.cos(angle) - Math.sin(latitude * RADIAN) * Math.sin(edge)) / (Math.cos(latitude * RADIAN) * Math.cos(edge));
  const margin = bounds.longitude * 0.02 + 0.01;
  return Math.min(bounds.longitude, (cosine >= 1 ? 0 : Math.acos(Math.max(-1, cosine)) / RADIAN) + margin);
}
