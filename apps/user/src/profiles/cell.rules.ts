import type { Point } from '@muster/contracts/kernel/place';

/** Kilometres of a degree of latitude. */
const KM_OF_A_DEGREE = 111.32;
/** The edge of a cell in degrees of latitude: one kilometre. */
const EDGE = 1 / KM_OF_A_DEGREE;

/** The shift of the cell's centre by a person's jitter, each in [-0.5, 0.5] of the edge; it never changes. */
export interface Jitter {
  readonly north: number;
  readonly east: number;
}

/** The width of a cell at a latitude in degrees of longitude; near the poles it is that at 85°. */
function width(latitude: number): number {
  return EDGE / Math.cos((Math.min(Math.abs(latitude), 85) * Math.PI) / 180);
}

/**
 * The published location: the centre of the one-kilometre cell around the home, shifted by the person's own jitter.
 * Moving the home within its cell changes nothing, and thanks to the jitter the grid cannot be inferred from several
 * people.
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

/** Rounds to five decimals, about a metre; more would only be noise. */
function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
