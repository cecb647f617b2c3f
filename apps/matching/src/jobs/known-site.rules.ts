import { jobErrors } from '@muster/contracts/matching/errors';
import { AppError } from '@muster/platform/errors/app-error';
import { place, type Place } from '@muster/reference/places';
import { trade } from '@muster/reference/trades';

/** @throws AppError unknownPlace */
export function knownPlace(placeId: string): Place {
  const known = place(placeId);
  if (known) return known;
  const field = { pointer: '/body/placeId', message: 'is not in the gazetteer', code: 'unknown_place' };
  throw new AppError(jobErrors.unknownPlace, { placeId }, { fields: [field] });
}

/** @param pointer of the trade in the request @throws AppError unknownTrade */
export function requireTrade(id: string, pointer: string): void {
  if (trade(id)) return;
  throw new AppError(jobErrors.unknownTrade, { trade: id }, { fields: [{ pointer, message: 'is no known trade', code: 'unknown_trade' }] });
}
