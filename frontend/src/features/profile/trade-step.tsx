import { useFormat } from '../../lib/format/use-format';
import { levelWords } from '../../lib/format/words';
import type { Form } from '../../lib/forms/use-form';
import { Stepper } from '../../ui/field';
import { FormField, FormGroup } from '../../ui/form';
import { Chips } from '../../ui/switch';
import { TradeGrid } from '../../ui/trade-grid';
import type { Draft } from './draft';

export function TradeStep({ form }: { form: Form<Draft> }) {
  const { say, number } = useFormat();
  return (
    <>
      <FormField form={form} name="trade" label={say('profile.trade')} hint={say('profile.trade_hint')}>
        {(attributes, { value, onChange }) => <TradeGrid attributes={attributes} label={say('profile.trade')} chosen={value} onChoose={onChange} />}
      </FormField>
      <FormGroup form={form} name="level" label={say('profile.level')}>
        {({ value, onChange }) => (
          <Chips one options={[1, 2, 3, 4, 5].map((level) => ({ value: level, label: levelWords(level, say) }))} selected={new Set([value])} onToggle={onChange} />
        )}
      </FormGroup>
      <FormGroup form={form} name="years" label={say('profile.years')}>
        {({ value, onChange }) => (
          <Stepper
            value={value}
            onChange={onChange}
            minimum={0}
            maximum={60}
            shown={say('profile.years_shown', { years: value, shown: number(value) })}
            labels={{ less: say('stepper.less'), more: say('stepper.more') }}
          />
        )}
      </FormGroup>
    </>
  );
}
