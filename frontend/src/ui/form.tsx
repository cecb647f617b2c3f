import { useEffect, useRef, type ReactNode, type SyntheticEvent } from 'react';
import { useController, type ControllerRenderProps, type FieldPath, type FieldValues } from 'react-hook-form';
import type { Form } from '../lib/forms/use-form';
import { Field, FieldGroup, type ControlAttributes } from './field';
import { goToFirstFault } from './first-fault';

interface FormFrameProps<Values extends FieldValues> {
  form: Form<Values>;
  onSubmit: (event?: SyntheticEvent) => void;
  className?: string;
  children: ReactNode;
}

/** A form that brings the person to the first field at fault after each submit that was refused. */
export function FormFrame<Values extends FieldValues>({ form, onSubmit, className, children }: FormFrameProps<Values>) {
  const frame = useRef<HTMLFormElement>(null);
  const { submitCount } = form.formState;
  useEffect(() => {
    if (submitCount > 0 && frame.current) goToFirstFault(frame.current);
  }, [submitCount]);
  return (
    <form ref={frame} noValidate className={className} onSubmit={onSubmit}>
      {children}
    </form>
  );
}

interface FormFieldProps<Values extends FieldValues, Name extends FieldPath<Values>> {
  form: Form<Values>;
  name: Name;
  label: string;
  hint?: ReactNode;
  /** `control` goes onto an input as it is; other controls take its `value` and `onChange`. */
  children: (attributes: ControlAttributes, control: ControllerRenderProps<Values, Name>) => ReactNode;
}

/** Shows one value of the form: its label, its control, and below them a hint or what is wrong. */
export function FormField<Values extends FieldValues, Name extends FieldPath<Values>>({ form, name, label, hint, children }: FormFieldProps<Values, Name>) {
  const { field, fieldState } = useController({ control: form.control, name });
  return (
    <Field label={label} hint={hint} error={fieldState.error?.message}>
      {(attributes) => children(attributes, field)}
    </Field>
  );
}

interface FormGroupProps<Values extends FieldValues, Name extends FieldPath<Values>> extends Omit<FormFieldProps<Values, Name>, 'children'> {
  children: (control: ControllerRenderProps<Values, Name>, isWrong: boolean) => ReactNode;
}

/** Like {@link FormField}, for a question that several controls answer together. */
export function FormGroup<Values extends FieldValues, Name extends FieldPath<Values>>({ form, name, label, hint, children }: FormGroupProps<Values, Name>) {
  const { field, fieldState } = useController({ control: form.control, name });
  return (
    <FieldGroup label={label} hint={hint} error={fieldState.error?.message}>
      {children(field, fieldState.invalid)}
    </FieldGroup>
  );
}
