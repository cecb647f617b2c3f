import Check from 'lucide-react/icons/check';
import CheckCheck from 'lucide-react/icons/check-check';
import Clock from 'lucide-react/icons/clock';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useFormat } from '../lib/format/use-format';
import { Linked } from './linked';

/** The state of a message as far as a service has confirmed it: `delivered` is shown only once a service says so. */
export type MessageState = 'queued' | 'sent' | 'delivered' | 'read' | 'failed';

interface MessageBubbleProps {
  text: string;
  mine: boolean;
  at: string | null;
  /** Given for the reader's own messages only. */
  state?: MessageState;
  onRetry?: () => void;
}

export function MessageBubble({ text, mine, at, state, onRetry }: MessageBubbleProps) {
  const { say, clockOf } = useFormat();
  return (
    <li className={`flex max-w-bubble flex-col gap-1 rounded-large border p-3 ${mine ? 'self-end border-ink bg-ink text-surface' : 'self-start border-line bg-surface-raised'}`}>
      <p dir="auto" className="whitespace-pre-wrap">
        <Linked text={text} />
      </p>
      <p className="flex items-center justify-end gap-2 text-14">
        {at && <time dateTime={at}>{clockOf(at)}</time>}
        {mine && state && (
          <span className="inline-flex items-center gap-1">
            <StateIcon state={state} />
            {say(`message.${state}`)}
          </span>
        )}
      </p>
      {state === 'failed' && onRetry && (
        <button type="button" onClick={onRetry} className="min-h-touch rounded-small border border-current px-3 font-medium">
          {say('message.retry')}
        </button>
      )}
    </li>
  );
}

function StateIcon({ state }: { state: MessageState }) {
  const Icon = state === 'queued' ? Clock : state === 'failed' ? TriangleAlert : state === 'sent' ? Check : CheckCheck;
  return <Icon aria-hidden className="size-4" />;
}
