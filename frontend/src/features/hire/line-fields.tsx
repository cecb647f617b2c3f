import Trash2 from 'lucide-react/icons/trash-2';
import { useFormat } from '../../lib/format/use-format';
import { levelWords } from '../../lib/format/words';
import { IconButton } from '../../ui/button';
import { Card } from '../../ui/card';
import { controlClass, Field, Stepper, TextInput } from '../../ui/field';
import type { LineDraft } from './job-draft';
import { TradeField } from './trade-field';

interface LineFieldsProps {
  line: LineDraft;
  change: (part: Partial<LineDraft>) => void;
  faultAt: (field: string) => string | undefined;
  onRemove?: (() => void) | undefined;
}

export function LineFields({ line, change, faultAt, onRemove }: LineFieldsProps) {
  const { say } = useFormat();
  return (
    <Card as="div">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <TradeField value={line.trade} onChange={(trade) => change({ trade })} error={faultAt('trade')} />
        </div>
        {onRemove && (
          <IconButton label={say('job.remove_line')} onClick={onRemove}>
            <Trash2 aria-hidden className="size-icon" />
          </IconButton>
        )}
      </div>
      <div className="two-fields grid gap-3">
        <Field label={say('job.count')} error={faultAt('count')}>
          {({ id }) => (
            <Stepper id={id} value={line.count} onChange={(count) => change({ count })} minimum={1} maximum={60} labels={{ less: say('stepper.less'), more: say('stepper.more') }} />
          )}
        </Field>
        <Field label={say('job.pay')} error={faultAt('pay.amount')}>
          {(attributes) => (
            <TextInput
              {...attributes}
              className="figures text-18 font-bold"
              inputMode="decimal"
              autoComplete="off"
              placeholder="950"
              value={line.pay}
              onChange={(event) => change({ pay: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={say('job.level')} error={faultAt('minimumLevel')}>
        {(attributes) => (
          <select {...attributes} className={controlClass} value={line.minimumLevel} onChange={(event) => change({ minimumLevel: Number(event.target.value) })}>
            {[1, 2, 3, 4, 5].map((level) => (
              <option key={level} value={level}>
                {levelWords(level, say)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </Card>
  );
}
