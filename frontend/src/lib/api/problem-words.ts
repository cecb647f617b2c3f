import { useWords, type Words } from '../i18n/text';
import { asProblem, type FieldFault, type ProblemError } from './problem-error';

/** Returns a function that puts whatever was thrown into words for the person. */
export function useProblemWords(): (error: unknown) => string {
  const words = useWords();
  return (error) => problemWords(asProblem(error), words);
}

/** The words for a problem: those of its code, else those of its kind of status; never the code itself. */
export function problemWords(problem: ProblemError, { isKnown, say, sayKnown }: Words): string {
  if (isKnown(`problem.${problem.code}`)) return sayKnown('problem', problem.code, 'problem.other', { ...problem.params, ...waitOf(problem) } as Record<string, string | number>);
  if (problem.status === 404) return say('problem.platform.not_found');
  if (problem.status >= 500) return say('problem.platform.internal');
  return say('problem.other');
}

/** How long to wait, in the unit that a person would use: `hours` is 0 where minutes are meant. */
function waitOf({ params }: ProblemError): { minutes?: number; hours?: number } {
  const seconds = Number(params['retryAfterSeconds']);
  if (Number.isNaN(seconds)) return {};
  return { minutes: Math.ceil(seconds / 60), hours: seconds > 90 * 60 ? Math.ceil(seconds / 3600) : 0 };
}

/** The words for one field at fault; general words where this release does not know the code. */
export function faultWords(fault: FieldFault, { sayKnown }: Words): string {
  return sayKnown('fault', fault.code, 'fault.other');
}
