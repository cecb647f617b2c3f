import type { PipeTransform } from '@nestjs/common';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { Route } from '@muster/contracts/kernel/route';
import type { RouteOptions } from 'fastify';
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

const METADATA = { type: 'custom' } as const;

/** Validates what a route takes, before Nest hears of it. @throws AppError platform.invalid_request naming each field at fault */
export function validateInput(options: RouteOptions, route: Route): void {
  const pipe = inputPipe(route);
  options.preValidation = (request, _reply, done) => {
    const { params, query, body } = request;
    try {
      // A request without a body is one with an empty body: the schema then names the fields that are missing.
      request.input = pipe.transform({ params, query, body: body === undefined ? {} : body }, METADATA);
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  };
}

/** One schema over the three parts, so that an issue's path already says which part it is in. */
export function inputPipe(route: Route): PipeTransform {
  return new InputPipe(z.object({ params: route.params, query: route.query, body: route.body }));
}
