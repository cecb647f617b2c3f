import { isKnown, say, sayKnown } from '../i18n/text';
import type { FieldFault, ProblemError } from './problem-error';

/** What to tell the person: the words for the code, else for the kind of status; never the code itself. */
export function problemWords(problem: ProblemError): string {
  if (isKnown(`problem.${problem.code}`)) return sayKnown('problem', problem.code, 'problem.other', { ...problem.params, ...waitOf(problem) } as Record<string, string | number>);
  if (problem.status === 404) return say('problem.platform.not_found');
  if (problem.status >= 500) return say('problem.platform.internal');
  return say('problem.other');
}

/** How long to wait in the unit that a person would say it in: `hours` is 0 where it is a matter of minutes. */
function waitOf({ params }: ProblemError): { minutes?: number; hours?: number } {
  const seconds = Number(params['retryAfterSeconds']);
  if (Number.isNaN(seconds)) return {};
  return { minutes: Math.ceil(seconds / 60), hours: seconds > 90 * 60 ? Math.ceil(seconds / 3600) : 0 };
}

/** The words for one field at fault; the server's own stand where nothing better is known. */
export function faultWords(fault: FieldFault): string {
  return sayKnown('fault', fault.code, 'fault.other');
}
