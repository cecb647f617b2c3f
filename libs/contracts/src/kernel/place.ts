import { z } from 'zod';
import { int } from './integer';

/** A place of the gazetteer (`libs/reference`), by its GeoNames id. Rules check that it exists. */
export const placeId = z
  .string()
  .regex(/^[1-9]\d{0,9}$/, 'must be a place of the gazetteer')
  .brand<'Place'>();
export type PlaceId = z.infer<typeof placeId>;

/** A trade of the reference data, by its slug. Rules check that it exists. */
export const tradeId = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'must be a trade of the reference data')
  .brand<'Trade'>();
export type TradeId = z.infer<typeof tradeId>;

/** 1 helper, 2 learning, 3 skilled, 4 highly skilled, 5 master. */
export const skillLevel = int({ min: 1, max: 5 }).brand<'SkillLevel'>();
export type SkillLevel = z.infer<typeof skillLevel>;

/** WGS 84, degrees. Never in an answer about a person: those carry a {@link distanceBand}. */
export const point = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
export type Point = z.infer<typeof point>;

/** A distance in kilometres, in the finest form that anybody may learn before an acceptance. */
export const distanceBand = z.enum(['<2', '2-5', '5-10', '10-25', '25-50', '50+']);
export type DistanceBand = z.infer<typeof distanceBand>;

const upperBounds: ReadonlyArray<readonly [number, DistanceBand]> = [
  [2, '<2'],
  [5, '2-5'],
  [10, '5-10'],
  [25, '10-25'],
  [50, '25-50'],
];

export function bandOf(kilometres: number): DistanceBand {
  return upperBounds.find(([below]) => kilometres < below)?.[1] ?? '50+';
}
