import { platformErrors } from '@muster/contracts/kernel/problem';
import type { z } from 'zod';
import { AppError, type FieldFault } from './app-error';

const MOST_FAULTS = 50;

/**
 * The refusal of input that does not fit its schema.
 *
 * @param part where the schema's value is in the request, for a schema of less than the whole
 */
export function invalidInput(error: z.ZodError, part: readonly string[] = []): AppError {
  return new AppError(platformErrors.invalidRequest, {}, { cause: error, fields: fieldFaults(error.issues, part) });
}

/**
 * Zod's issues as fields at fault; the first step of an issue's path names the part (body, query, params).
 * An undeclared key is named itself, since it and not its parent is at fault.
 */
function fieldFaults(issues: readonly z.core.$ZodIssue[], part: readonly string[]): FieldFault[] {
  return issues.flatMap((issue) => ofIssue(issue, part)).slice(0, MOST_FAULTS);
}

function ofIssue(issue: z.core.$ZodIssue, part: readonly string[]): FieldFault[] {
  const path = [...part, ...issue.path];
  if (issue.code !== 'unrecognized_keys') {
    return [{ pointer: pointerOf(path), message: issue.message, code: issue.code }];
  }
  return issue.keys.slice(0, MOST_FAULTS).map((key) => ({
    pointer: pointerOf([...path, key]),
    message: 'is not declared',
    code: issue.code,
  }));
}

/** RFC 6901; a key of a stranger's body is cut, so that an answer stays small. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
