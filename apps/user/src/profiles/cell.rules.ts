import type { Point } from '@muster/contracts/kernel/place';

/** Kilometres of a degree of latitude. */
const KM_OF_A_DEGREE = 111.32;
/** Edge of a cell, degrees of latitude: one kilometre. */
const EDGE = 1 / KM_OF_A_DEGREE;

/** Where in the cell a person's jitter moves its centre to, each in [-0.5, 0.5] of the edge; fixed for good. */
export interface Jitter {
  readonly north: number;
  readonly east: number;
}

/** Longitude degrees of one cell at a latitude; near the poles as wide as at 85°. */
function width(latitude: number): number {
  return EDGE / Math.cos((Math.min(Math.abs(latitude), 85) * Math.PI) / 180);
}

/**
 * The published location: centre of the one-kilometre cell around the home, moved by the person's own jitter.
 * Any move of the home inside its cell leaves the answer as it is, and with the jitter nobody can tell from
 * several people which grid is used.
 */
export function cellOf(home: Point, jitter: Jitter): Point {
  const row = Math.floor(home.latitude / EDGE);
  const latitude = (row + 0.5) * EDGE;
  const wide = width(latitude);
  const column = Math.floor(home.longitude / wide);
  return {
    latitude: round(clamp(latitude + jitter.north * EDGE, 90)),
    longitude: round(clamp((column + 0.5) * wide + jitter.east * wide, 180)),
  };
}

function clamp(degrees: number, most: number): number {
  return Math.min(most, Math.max(-most, degrees));
}

/** Five decimals, about a metre: more would only carry noise. */
function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
