import Trash2 from 'lucide-react/icons/trash-2';
import { useFormat } from '../../lib/format/use-format';
import { levelWords } from '../../lib/format/words';
import type { Form } from '../../lib/forms/use-form';
import { IconButton } from '../../ui/button';
import { Card } from '../../ui/card';
import { controlClass, Stepper, TextInput } from '../../ui/field';
import { FormField } from '../../ui/form';
import type { JobDraft } from './job-draft';
import { TradeField } from './trade-field';

interface LineFieldsProps {
  form: Form<JobDraft>;
  index: number;
  onRemove?: (() => void) | undefined;
}

export function LineFields({ form, index, onRemove }: LineFieldsProps) {
  const { say } = useFormat();
  return (
    <Card as="div">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <FormField form={form} name={`lines.${index}.trade`} label={say('job.trade')}>
            {(attributes, { value, onChange }) => <TradeField attributes={attributes} value={value} onChange={onChange} />}
          </FormField>
        </div>
        {onRemove && (
          <IconButton label={say('job.remove_line')} onClick={onRemove}>
            <Trash2 aria-hidden className="size-icon" />
          </IconButton>
        )}
      </div>
      <div className="two-fields grid gap-3">
        <FormField form={form} name={`lines.${index}.count`} label={say('job.count')}>
          {({ id }, { value, onChange }) => (
            <Stepper id={id} value={value} onChange={onChange} minimum={1} maximum={60} labels={{ less: say('stepper.less'), more: say('stepper.more') }} />
          )}
        </FormField>
        <FormField form={form} name={`lines.${index}.pay`} label={say('job.pay')}>
          {(attributes, control) => <TextInput {...attributes} {...control} className="figures text-18 font-bold" inputMode="decimal" autoComplete="off" placeholder="950" />}
        </FormField>
      </div>
      <FormField form={form} name={`lines.${index}.minimumLevel`} label={say('job.level')}>
        {(attributes, { value, onChange }) => (
          <select {...attributes} className={controlClass} value={value} onChange={(event) => onChange(Number(event.target.value))}>
            {[1, 2, 3, 4, 5].map((level) => (
              <option key={level} value={level}>
                {levelWords(level, say)}
              </option>
            ))}
          </select>
        )}
      </FormField>
    </Card>
  );
}
