import { platformErrors, type ErrorDefinition, type Problem } from '@muster/contracts/kernel/problem';
import { HttpException } from '@nestjs/common';
import { ZodValidationException } from 'nestjs-zod';
import { z } from 'zod';
import { AppError } from './app-error';
import { databaseFault } from './database-faults';
import { invalidInput } from './field-faults';

/** The prefix of a problem's `type`: an identifier that never changes, not necessarily an address to fetch. */
const TYPE_PREFIX = 'urn:muster:problem:';

const byStatus = new Map<number, ErrorDefinition>([
  [400, platformErrors.invalidRequest],
  [401, platformErrors.notSignedIn],
  [403, platformErrors.notAllowed],
  [404, platformErrors.notFound],
  [405, platformErrors.methodNotAllowed],
  [409, platformErrors.conflict],
  [413, platformErrors.bodyTooLarge],
  [415, platformErrors.unsupportedMediaType],
  [503, platformErrors.overloaded],
]);

/** The refusal that any thrown value amounts to. Its own text never reaches the client. */
export function refusalOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const fault = databaseFault(error);
  if (fault) return fault;
  if (error instanceof ZodValidationException) return ofZod(error);
  if (error instanceof HttpException) {
    const definition = byStatus.get(error.getStatus());
    if (definition) return new AppError(definition, definition === platformErrors.bodyTooLarge ? { maxBytes: 0 } : {}, { cause: error });
  }
  return new AppError(platformErrors.internal, {}, { cause: error });
}

/** Thrown by nestjs-zod's own pipes, which somebody gave to a parameter. */
function ofZod(exception: ZodValidationException): AppError {
  const error = exception.getZodError();
  return error instanceof z.ZodError ? invalidInput(error) : new AppError(platformErrors.internal, {}, { cause: exception });
}

export function problemOf(refusal: AppError, context: { instance: string; traceId: string }): Problem {
  const params = Object.keys(refusal.params).length > 0 ? refusal.params : undefined;
  return {
    type: `${TYPE_PREFIX}${refusal.definition.code}`,
    title: refusal.definition.title,
    status: refusal.definition.status,
    instance: context.instance,
    code: refusal.definition.code,
    traceId: context.traceId,
    ...(params && { params: params as Problem['params'] }),
    ...(refusal.fields.length > 0 && { errors: [...refusal.fields] }),
  };
}
