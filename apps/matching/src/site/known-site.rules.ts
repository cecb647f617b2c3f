import { jobErrors } from '@muster/contracts/matching/errors';
import { AppError, faultAt } from '@muster/platform/errors/app-error';
import { place, type Place } from '@muster/reference/places';
import { trade } from '@muster/reference/trades';

/** @throws AppError unknownPlace */
export function knownPlace(placeId: string): Place {
  const found = place(placeId);
  if (!found) throw new AppError(jobErrors.unknownPlace, { placeId }, { fields: [faultAt('/body/placeId', jobErrors.unknownPlace)] });
  return found;
}

/** @param pointer of the trade in the request @throws AppError unknownTrade */
export function requireTrade(id: string, pointer: string): void {
  if (trade(id)) return;
  throw new AppError(jobErrors.unknownTrade, { trade: id }, { fields: [faultAt(pointer, jobErrors.unknownTrade)] });
}
