import Minus from 'lucide-react/icons/minus';
import Plus from 'lucide-react/icons/plus';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { IconButton } from './button';

/** The attributes that tie a control to its label and to the words below it. */
export interface ControlAttributes {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  children: (attributes: ControlAttributes) => ReactNode;
}

/** Shows a label, one control, and below it either a hint or what is wrong. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const below = error ?? hint;
  return (
    <div className="flex flex-col gap-1" data-fault={error ? '' : undefined}>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children({ id, ...(below && { 'aria-describedby': `${id}-below` }), ...(error && { 'aria-invalid': true as const }) })}
      {below && (
        <p id={`${id}-below`} role={error ? 'alert' : undefined} className={`text-14 ${error ? 'font-medium text-bad' : 'text-ink-soft'}`}>
          {below}
        </p>
      )}
    </div>
  );
}

/** Shows a question that several controls answer together. */
export function FieldGroup({ label, hint, error, children }: Omit<FieldProps, 'children'> & { children: ReactNode }) {
  const id = useId();
  const below = error ?? hint;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2" aria-describedby={below ? id : undefined} data-fault={error ? '' : undefined}>
      <legend className="mb-1 font-medium">{label}</legend>
      {children}
      {below && (
        <p id={id} role={error ? 'alert' : undefined} className={`text-14 ${error ? 'font-medium text-bad' : 'text-ink-soft'}`}>
          {below}
        </p>
      )}
    </fieldset>
  );
}

export const controlClass =
  'min-h-touch w-full min-w-0 rounded-small border border-line bg-surface-raised px-3 py-2 text-16 text-ink aria-invalid:border-bad';

export function TextInput({ className = '', ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={`${controlClass} ${className}`} />;
}

export function TextArea(props: ComponentProps<'textarea'>) {
  return <textarea rows={3} {...props} className={controlClass} />;
}

interface StepperProps {
  id?: string;
  value: number;
  onChange: (value: number) => void;
  minimum: number;
  maximum: number;
  step?: number;
  shown?: string;
  labels: { less: string; more: string };
}

/** A number between two buttons, one for less and one for more, each large enough for a thumb. */
export function Stepper({ id, value, onChange, minimum, maximum, step = 1, shown, labels }: StepperProps) {
  const move = (by: number) => onChange(Math.min(maximum, Math.max(minimum, value + by)));
  return (
    <div id={id} className="flex items-center justify-between rounded-small border border-line bg-surface-raised">
      <IconButton label={labels.less} disabled={value <= minimum} onClick={() => move(-step)}>
        <Minus className="size-icon" aria-hidden />
      </IconButton>
      <output className="figures text-22 font-bold">{shown ?? value}</output>
      <IconButton label={labels.more} disabled={value >= maximum} onClick={() => move(step)}>
        <Plus className="size-icon" aria-hidden />
      </IconButton>
    </div>
  );
}
