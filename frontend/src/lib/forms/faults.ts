import { asProblem } from '../api/problem-error';
import { faultWords, problemWords } from '../api/problem-words';
import { fieldOf } from './rules';

export interface Faults {
  /** Words by field, named as in the body: `lines.0.count`. */
  fields: Readonly<Record<string, string>>;
  /** What belongs to no field. */
  form?: string;
}

/** A refusal of a service, laid out for a form. */
export function faultsOf(error: unknown): Faults {
  const problem = asProblem(error);
  const fields: Record<string, string> = {};
  for (const fault of problem.fields) fields[fieldOf(fault) ?? ''] = faultWords(fault);
  return problem.fields.length > 0 && !('' in fields) ? { fields } : { fields, form: problemWords(problem) };
}
