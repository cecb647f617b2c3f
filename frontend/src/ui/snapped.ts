/** A cell is a hundredth of a degree wide, about a kilometre. */
const PER_DEGREE = 100;

/** Rounds a position to its cell, as `21.15,79.09`: only the cell leaves the device, never the exact position. */
export function snapped({ latitude, longitude }: { latitude: number; longitude: number }): string {
  const snap = (degrees: number) => (Math.round(degrees * PER_DEGREE) / PER_DEGREE + 0).toFixed(2);
  return `${snap(latitude)},${snap(longitude)}`;
}
