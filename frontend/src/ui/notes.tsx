import Info from 'lucide-react/icons/info';
import { useSay } from '../lib/i18n/text';
import { Linked } from './linked';

/** Shows what the contractor wrote for those who come: where to ask, what to bring. */
export function Notes({ text }: { text: string }) {
  const say = useSay();
  return (
    <div className="flex items-start gap-2">
      <Info aria-hidden className="mt-px size-icon shrink-0 text-ink-soft" />
      <div className="min-w-0">
        <p className="text-14 text-ink-soft">{say('job.notes')}</p>
        <p className="whitespace-pre-line" dir="auto">
          <Linked text={text} />
        </p>
      </div>
    </div>
  );
}
