import type { PipeTransform } from '@nestjs/common';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { Route } from '@muster/contracts/kernel/route';
import { z } from 'zod';
import { AppError } from '../errors/app-error';
import { fieldFaults } from '../errors/field-faults';
import { createZodValidationPipe } from './validation-pipe';

const InputPipe = createZodValidationPipe({
  createValidationException: (error) =>
    error instanceof z.ZodError
      ? new AppError(platformErrors.invalidRequest, {}, { cause: error, fields: fieldFaults(error.issues) })
      : new AppError(platformErrors.internal, {}, { cause: error }),
});

/** One schema over the three parts, so that an issue's path already says which part it is in. */
export function inputPipe(route: Route): PipeTransform {
  return new InputPipe(z.object({ params: route.params, query: route.query, body: route.body }));
}
