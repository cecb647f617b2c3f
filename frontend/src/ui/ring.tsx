import { useNow } from '../lib/clock/use-clock';

/** A ring that empties with the time left and is red in its last tenth. `words` says the same to a screen reader. */
export function Ring({ from, until, words }: { from: number; until: number; words: (left: number) => string }) {
  const now = useNow();
  const left = Math.max(0, until - now);
  const share = Math.min(1, left / Math.max(1, until - from));
  return (
    <div className="flex shrink-0 flex-col items-center gap-1" role="timer" aria-label={words(left)}>
      <svg viewBox="0 0 36 36" className={`size-ring ${share < 0.1 ? 'text-bad' : 'text-ink'}`} aria-hidden>
        <circle cx="18" cy="18" r="15" fill="none" stroke="currentColor" strokeOpacity="0.18" strokeWidth="4" />
        <circle
          cx="18"
          cy="18"
          r="15"
          fill="none"
          stroke="currentColor"
          strokeWidth="4"
          strokeLinecap="round"
          pathLength="100"
          strokeDasharray={`${share * 100} 100`}
          transform="rotate(-90 18 18)"
        />
      </svg>
      <span className="figures max-w-picture text-center text-14 font-medium" aria-hidden>
        {words(left)}
      </span>
    </div>
  );
}
