import { useFormat } from '../../lib/format/use-format';
import { useTrades } from '../../lib/people/trades';
import { controlClass } from '../../ui/field';

interface TradeSelectProps {
  value: string;
  onChange: (trade: string) => void;
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

/** All trades by their families; the device's own list is the one people know how to use. */
export function TradeSelect({ value, onChange, ...attributes }: TradeSelectProps) {
  const { say } = useFormat();
  const { all, nameOf } = useTrades();
  const families = [...new Set(all.map(({ family }) => family))];
  return (
    <select {...attributes} className={controlClass} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{say('job.choose_trade')}</option>
      {families.map((family) => (
        <optgroup key={family} label={say(`family.${family as 'masonry'}`)}>
          {all
            .filter((trade) => trade.family === family)
            .map(({ trade }) => (
              <option key={trade} value={trade}>
                {nameOf(trade)}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}
