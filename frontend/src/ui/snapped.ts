/** Hundredths of a degree: a cell of about a kilometre. */
const PER_DEGREE = 100;

/** A point as it leaves the device, `21.15,79.09`: the cell it is in, never the point. */
export function snapped({ latitude, longitude }: { latitude: number; longitude: number }): string {
  const snap = (degrees: number) => (Math.round(degrees * PER_DEGREE) / PER_DEGREE + 0).toFixed(2);
  return `${snap(latitude)},${snap(longitude)}`;
}
