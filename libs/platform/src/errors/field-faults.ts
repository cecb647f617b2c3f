import type { z } from 'zod';
import type { FieldFault } from './app-error';

const MOST_FAULTS = 50;

/**
 * Zod's issues as fields at fault; the first step of an issue's path names the part (body, query, params).
 * An undeclared key is named itself, since it and not its parent is at fault.
 */
export function fieldFaults(issues: readonly z.core.$ZodIssue[]): FieldFault[] {
  return issues.flatMap(ofIssue).slice(0, MOST_FAULTS);
}

function ofIssue(issue: z.core.$ZodIssue): FieldFault[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ pointer: pointerOf(issue.path), message: issue.message, code: issue.code }];
  }
  return issue.keys.slice(0, MOST_FAULTS).map((key) => ({
    pointer: pointerOf([...issue.path, key]),
    message: 'is not declared',
    code: issue.code,
  }));
}

/** RFC 6901; a key of a stranger's body is cut, so that an answer stays small. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
