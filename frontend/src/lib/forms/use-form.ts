import { useEffect, useRef, type SyntheticEvent } from 'react';
import { set, useForm as useHookForm, type DefaultValues, type FieldErrors, type FieldPath, type FieldValues, type Resolver, type UseFormReturn } from 'react-hook-form';
import { useWords } from '../i18n/text';
import { faultsIn, shownAs, type ContractFields, type Rules } from './contract-fields';
import { faultsOf } from './faults';

interface FormOptions<Values extends FieldValues> {
  /** The constraints of the request's fields, from the generated client. */
  rules: Rules;
  fields: ContractFields;
  /** The names of the fields that the present step of a form asks for; without it all fields. */
  asked?: readonly string[];
  values: Values;
  /** Called at every change, to keep what was typed. */
  keep?: (values: Values) => void;
}

export interface Form<Values extends FieldValues> extends Pick<UseFormReturn<Values>, 'control' | 'formState' | 'setValue' | 'getValues'> {
  /** Does `work` with the values if none is at fault. A second press while the work is under way does nothing. */
  submit: (work: (values: Values) => Promise<void> | void, onFault?: () => void) => (event?: SyntheticEvent) => void;
  /** Words for the form as a whole. */
  refusal: string | undefined;
  refuse: (words: string) => void;
  /** Puts what a service refused at the fields that show it, and always says it for the form as a whole. @returns the names of those fields */
  showRefusal: (error: unknown) => readonly string[];
}

/** A form that refuses what the service would, by the contract's constraints, and shows what the service refused. */
export function useForm<Values extends FieldValues>({ rules, fields, asked, values, keep }: FormOptions<Values>): Form<Values> {
  const words = useWords();
  const now = asked === undefined ? fields : Object.fromEntries(Object.entries(fields).filter(([name]) => asked.includes(name)));
  const resolver: Resolver<Values> = (typed) => {
    const errors: FieldErrors<Values> = {};
    const faults = faultsIn(typed, now, rules, words.say);
    for (const [name, message] of faults) set(errors, name, { type: 'contract', message });
    return faults.length === 0 ? { values: typed, errors: {} } : { values: {}, errors };
  };
  const { control, formState, setValue, getValues, handleSubmit, setError, subscribe } = useHookForm<Values>({
    defaultValues: values as DefaultValues<Values>,
    resolver,
    mode: 'onTouched',
    // {@link FormFrame} goes to the first field at fault instead, because that may be a control that is no input.
    shouldFocusError: false,
  });
  const underWay = useRef(false);
  useEffect(() => (keep ? subscribe({ formState: { values: true }, callback: (state) => keep(state.values) }) : undefined), [keep, subscribe]);

  const refuse = (message: string) => setError('root', { message });
  return {
    control,
    formState,
    setValue,
    getValues,
    submit: (work, onFault) => (event) => {
      event?.preventDefault();
      if (underWay.current) return;
      underWay.current = true;
      void handleSubmit(work, onFault)().finally(() => {
        underWay.current = false;
      });
    },
    refusal: formState.errors.root?.message,
    refuse,
    showRefusal: (error) => {
      const faults = faultsOf(error, (part) => shownAs(part, fields), words);
      for (const [name, message] of Object.entries(faults.fields)) setError(name as FieldPath<Values>, { type: 'service', message });
      refuse(faults.form);
      return Object.keys(faults.fields);
    },
  };
}
