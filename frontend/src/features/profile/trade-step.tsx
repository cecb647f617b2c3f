import { useFormat } from '../../lib/format/use-format';
import { levelWords } from '../../lib/format/words';
import { Field, FieldGroup, Stepper } from '../../ui/field';
import { Chips } from '../../ui/switch';
import { TradeGrid } from '../../ui/trade-grid';
import type { Draft } from './draft';

export function TradeStep({ draft, change, fault }: { draft: Draft; change: (part: Partial<Draft>) => void; fault: string | undefined }) {
  const { say, number } = useFormat();
  return (
    <>
      <Field label={say('profile.trade')} hint={say('profile.trade_hint')} error={fault}>
        {(attributes) => <TradeGrid attributes={attributes} label={say('profile.trade')} chosen={draft.trade} onChoose={(trade) => change({ trade })} />}
      </Field>
      <FieldGroup label={say('profile.level')}>
        <Chips
          one
          options={[1, 2, 3, 4, 5].map((value) => ({ value, label: levelWords(value, say) }))}
          selected={new Set([draft.level])}
          onToggle={(level) => change({ level })}
        />
      </FieldGroup>
      <FieldGroup label={say('profile.years')}>
        <Stepper
          value={draft.years}
          onChange={(years) => change({ years })}
          minimum={0}
          maximum={60}
          shown={say('profile.years_shown', { years: draft.years, shown: number(draft.years) })}
          labels={{ less: say('stepper.less'), more: say('stepper.more') }}
        />
      </FieldGroup>
    </>
  );
}
