import ChevronDown from 'lucide-react/icons/chevron-down';
import { useFormat } from '../lib/format/use-format';
import { bandWords, pointsOf, scoreOf } from '../lib/format/words';
import { useWords } from '../lib/i18n/text';

export interface Reason {
  key: string;
  params: Record<string, string | number>;
}
interface ReasonBarsProps {
  reasons: readonly Reason[];
  parts: ReadonlyArray<{ factor: string; micro: number }>;
  total: number;
}

/** Shows why a worker has their rank: first the reasons in words, and on a tap the parts that make up the score. */
export function ReasonBars({ reasons, parts, total }: ReasonBarsProps) {
  const { say, number, language } = useFormat();
  const { isKnown, sayKnown } = useWords();
  // The service sends a band and a language as codes.
  const spoken = (params: Reason['params']): Reason['params'] => ({
    ...params,
    ...(params['band'] !== undefined && { band: bandWords(String(params['band']), say) }),
    ...(params['language'] !== undefined && { language: new Intl.DisplayNames(language, { type: 'language' }).of(String(params['language'])) ?? '' }),
  });
  const points = pointsOf(parts, total).filter(({ lost }) => Math.abs(lost) >= 0.05);
  const longest = Math.max(1, ...points.map(({ lost }) => Math.abs(lost)));
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-wrap gap-2" aria-label={say('reasons.title')}>
        {reasons
          .filter(({ key }) => isKnown(`reason.${key}`))
          .map(({ key, params }) => (
            <li key={key} className="rounded-round border border-line px-3 py-1 text-14">
              {sayKnown('reason', key, 'reason.near_band', spoken(params))}
            </li>
          ))}
      </ul>
      <details className="group">
        <summary className="flex min-h-touch list-none items-center gap-2 text-14 font-medium">
          {say('reasons.score', { score: scoreOf(total) })}
          <ChevronDown aria-hidden className="size-icon transition-transform group-open:rotate-180" />
        </summary>
        <p className="pb-2 text-14 text-ink-soft">{say('reasons.from')}</p>
        <ul className="flex flex-col gap-2">
          {points.map(({ factor, lost }) => (
            <li key={factor} className="flex flex-col gap-1 text-14">
              <span className="flex justify-between gap-3">
                <span>{sayKnown('factor', factor, 'factor.other')}</span>
                <span className="figures font-medium">{number(Math.round(-lost * 10) / 10)}</span>
              </span>
              <span className="h-2 rounded-round bg-ink/15" aria-hidden>
                <span
                  className={`block h-full rounded-round ${lost > 0 ? 'bg-ink' : 'bg-good'}`}
                  style={{ inlineSize: `${(100 * Math.abs(lost)) / longest}%` }}
                />
              </span>
              {isKnown(`raise.${factor}`) && <span className="text-ink-soft">{sayKnown('raise', factor, 'factor.other')}</span>}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
