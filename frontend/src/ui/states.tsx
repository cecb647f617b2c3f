import TriangleAlert from 'lucide-react/icons/triangle-alert';
import WifiOff from 'lucide-react/icons/wifi-off';
import { useEffect, useState, type ReactNode } from 'react';
import { asProblem } from '../lib/api/problem-error';
import { useProblemWords } from '../lib/api/problem-words';
import { useFormat } from '../lib/format/use-format';
import { useOnline } from '../lib/live/online';
import { Button } from './button';

/** Shows grey shapes where cards will be. For the first 200 ms it shows nothing, since most answers come faster. */
export function Skeleton({ cards = 3 }: { cards?: number }) {
  const { say } = useFormat();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <div role="status" aria-label={say('state.loading')} />;
  return (
    <div role="status" aria-label={say('state.loading')} className="flex animate-breathe flex-col gap-4">
      {Array.from({ length: cards }, (_, index) => (
        <div key={index} className="flex flex-col gap-3 rounded-large border border-line bg-surface-raised p-4">
          <div className="h-6 w-1/3 rounded-small bg-line" />
          <div className="h-8 w-1/2 rounded-small bg-line" />
          <div className="h-4 w-2/3 rounded-small bg-line" />
        </div>
      ))}
    </div>
  );
}

/** Says that a list is empty and what the person can do about that. */
export function EmptyState({ title, children, action, icon }: { title: string; children?: ReactNode; action?: ReactNode; icon?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 rounded-large border border-dashed border-line p-6">
      {icon}
      <p className="text-18 font-bold">{title}</p>
      {children && <p className="text-ink-soft">{children}</p>}
      {action}
    </div>
  );
}

/** Says what went wrong and offers another try in place. The trace id is for whoever is asked for help. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { say } = useFormat();
  const wordsFor = useProblemWords();
  const problem = asProblem(error);
  return (
    <div role="alert" className="flex flex-col items-start gap-3 rounded-large border border-bad p-4">
      <p className="flex items-start gap-2 font-medium">
        <TriangleAlert aria-hidden className="mt-px size-icon shrink-0 text-bad" />
        <span>{wordsFor(problem)}</span>
      </p>
      {onRetry && <Button onClick={onRetry}>{say('state.retry')}</Button>}
      {problem.traceId && <p className="text-14 text-ink-soft">{say('state.trace', { trace: problem.traceId.slice(0, 12) })}</p>}
    </div>
  );
}

/** Shown without network only: it says since when the content is not fresh. */
export function OfflineNotice({ since }: { since?: number | undefined }) {
  const { say, moment } = useFormat();
  const online = useOnline();
  if (online) return null;
  return (
    <p role="status" className="flex items-center gap-2 rounded-small border border-ink bg-surface-raised p-3 text-14 font-medium">
      <WifiOff aria-hidden className="size-icon shrink-0" />
      {since ? say('state.offline_since', { moment: moment(new Date(since).toISOString()) }) : say('state.offline')}
    </p>
  );
}

interface Read<Data> {
  data: Data | undefined;
  error: unknown;
  isPending: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

/** Shows one read in whichever state it is: loading, failed with a retry, old because there is no network, or there. */
export function Loaded<Data>({ read, skeleton, children }: { read: Read<Data>; skeleton?: ReactNode; children: (data: Data) => ReactNode }) {
  if (read.data !== undefined) {
    return (
      <>
        <OfflineNotice since={read.dataUpdatedAt} />
        {children(read.data)}
      </>
    );
  }
  if (read.isPending) return skeleton ?? <Skeleton />;
  return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
}
