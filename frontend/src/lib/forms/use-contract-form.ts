import { useForm, type DefaultValues, type FieldPath, type FieldValues, type RegisterOptions, type UseFormReturn } from 'react-hook-form';
import type { FieldRule } from '../api/generated';
import { asProblem } from '../api/problem-error';
import { faultWords, problemWords } from '../api/problem-words';
import { say } from '../i18n/text';
import { faultOf, fieldOf } from './rules';

export interface ContractForm<Values extends FieldValues> extends UseFormReturn<Values> {
  /** The registration of a field under the contract's rule for it; `rulePath` where the form names it otherwise. */
  field: (name: FieldPath<Values>, rulePath?: string) => ReturnType<UseFormReturn<Values>['register']>;
  /** The words under a field, if something is wrong with it. */
  fault: (name: FieldPath<Values>) => string | undefined;
  /** Puts the server's faults at their fields; what belongs to no field comes back as words for the whole form. */
  showRefusal: (error: unknown) => void;
  refusal: string | undefined;
}

/** A form whose rules come from the contract, so that it refuses what the service would. */
export function useContractForm<Values extends FieldValues>(rules: Record<string, FieldRule>, defaultValues: DefaultValues<Values>): ContractForm<Values> {
  const form = useForm<Values>({ defaultValues, mode: 'onTouched', shouldFocusError: true });
  const field = (name: FieldPath<Values>, rulePath: string = name) => {
    const options: RegisterOptions<Values> = {
      validate: (value: unknown) => {
        const found = faultOf(rules[rulePath.replace(/\.\d+(?=\.|$)/g, '.*')], String(value ?? ''));
        return found === null || say(found.id, found.values);
      },
    };
    return form.register(name, options);
  };
  const fault = (name: FieldPath<Values>) => form.getFieldState(name, form.formState).error?.message;
  const showRefusal = (error: unknown) => {
    const problem = asProblem(error);
    const unplaced = problem.fields.filter((found) => {
      const name = fieldOf(found);
      if (name === null || !(name in form.control._fields)) return true;
      form.setError(name as FieldPath<Values>, { message: faultWords(found) }, { shouldFocus: true });
      return false;
    });
    if (problem.fields.length === 0 || unplaced.length > 0) form.setError('root', { message: problemWords(problem) });
  };
  return { ...form, field, fault, showRefusal, refusal: form.formState.errors.root?.message };
}
