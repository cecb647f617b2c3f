import { userErrors } from '@muster/contracts/user/errors';
import type { workerProfileInput } from '@muster/contracts/user/views';
import { AppError, faultAt } from '@muster/platform/errors/app-error';
import { place, type Place } from '@muster/reference/places';
import { trade } from '@muster/reference/trades';
import type { z } from 'zod';

export type WorkerProfileInput = z.output<typeof workerProfileInput>;

/** @throws AppError user.unknown_place */
export function knownPlace(placeId: string): Place {
  const found = place(placeId);
  if (!found) throw new AppError(userErrors.unknownPlace, { placeId }, { fields: [faultAt('/body/placeId', userErrors.unknownPlace)] });
  return found;
}

/** @throws AppError user.unknown_trade, user.skill_twice, user.floor_above_ask */
export function assertWorkerProfile(input: WorkerProfileInput): void {
  const seen = new Set<string>();
  input.skills.forEach((skill, at) => {
    const pointer = `/body/skills/${at}/trade`;
    if (!trade(skill.trade)) {
      throw new AppError(userErrors.unknownTrade, { trade: skill.trade }, { fields: [faultAt(pointer, userErrors.unknownTrade)] });
    }
    if (seen.has(skill.trade)) {
      throw new AppError(userErrors.skillTwice, { trade: skill.trade }, { fields: [faultAt(pointer, userErrors.skillTwice)] });
    }
    seen.add(skill.trade);
  });
  if (input.floorRate && input.floorRate.amount > input.dayRate.amount) {
    throw new AppError(userErrors.floorAboveAsk, {}, { fields: [faultAt('/body/floorRate', userErrors.floorAboveAsk)] });
  }
}
