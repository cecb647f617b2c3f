import { useState } from 'react';
import { useFormat } from '../../lib/format/use-format';
import { levelWords } from '../../lib/format/words';
import { useTrades } from '../../lib/people/trades';
import { useTradeSearch } from '../../lib/trades/use-trade-search';
import { Field, FieldGroup, Stepper, TextInput } from '../../ui/field';
import { Loaded } from '../../ui/states';
import { Chips } from '../../ui/switch';
import { TradeIcon } from '../../ui/trade-icon';
import type { Draft } from './draft';

/** Trades shown at a time. */
const MOST = 12;

export function TradeStep({ draft, change, fault }: { draft: Draft; change: (part: Partial<Draft>) => void; fault: string | undefined }) {
  const { say, number } = useFormat();
  const { all, nameOf, familyOf, read } = useTrades();
  const searchTrades = useTradeSearch();
  const [text, setText] = useState('');
  const found = searchTrades(text, MOST);
  const chosen = all.find(({ trade }) => trade === draft.trade);
  // Before anything is typed, what was chosen stays in sight.
  const list = text.trim() === '' && chosen && !found.includes(chosen) ? [chosen, ...found] : found;

  return (
    <>
      <Field label={say('profile.trade')} hint={say('profile.trade_hint')} error={fault}>
        {(attributes) => (
          <TextInput {...attributes} type="search" autoComplete="off" placeholder={say('profile.trade_search')} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <Loaded read={read}>
        {() =>
          list.length === 0 ? (
            <p className="text-ink-soft">{say('profile.trade_none')}</p>
          ) : (
            <div className="two-fields grid gap-2" role="radiogroup" aria-label={say('profile.trade')}>
              {list.map(({ trade }) => (
                <button
                  key={trade}
                  type="button"
                  role="radio"
                  aria-checked={draft.trade === trade}
                  onClick={() => change({ trade })}
                  className={`flex min-h-action items-center gap-2 rounded-large border p-3 text-start font-medium ${
                    draft.trade === trade ? 'border-ink bg-ink text-surface' : 'border-line bg-surface-raised'
                  }`}
                >
                  <TradeIcon family={familyOf(trade)} />
                  <span className="min-w-0">{nameOf(trade)}</span>
                </button>
              ))}
            </div>
          )
        }
      </Loaded>
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
