import { asProblem } from '../api/problem-error';
import { faultWords, problemWords } from '../api/problem-words';
import type { Words } from '../i18n/text';
import { fieldOf } from './rules';

export interface Faults {
  /** Words for each field at fault, by the name under which the form shows the field. */
  fields: Readonly<Record<string, string>>;
  /** Words for the form as a whole, so that every refusal is shown somewhere. */
  form: string;
}

/**
 * Turns the refusal of a service into words for the fields of a form and for the form as a whole.
 *
 * @param shownAs the name under which the form shows a field of the body (`lines.0.days.2`), null where it does not;
 *   those faults are said in the form's own words
 */
export function faultsOf(error: unknown, shownAs: (field: string) => string | null, words: Words): Faults {
  const problem = asProblem(error);
  const fields: Record<string, string> = {};
  for (const fault of problem.fields) {
    const field = fieldOf(fault);
    const name = field === null ? null : shownAs(field);
    // A fault without words of its own is told in those of the problem, if the problem names a single cause.
    const hasOwnWords = words.isKnown(`fault.${fault.code}`) || problem.code === 'platform.invalid_request';
    if (name !== null) fields[name] ??= hasOwnWords ? faultWords(fault, words) : problemWords(problem, words);
  }
  return { fields, form: problemWords(problem, words) };
}
