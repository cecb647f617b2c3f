import { useEffect, useState } from 'react';
import { isPassing } from '../lib/api/client';
import { asProblem } from '../lib/api/problem-error';
import { useProblemWords } from '../lib/api/problem-words';
import { useSay } from '../lib/i18n/text';
import { useParts } from '../lib/parts';
import { Button } from '../ui/button';
import { Starting } from './starting';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/**
 * For somebody who was signed in before the page was loaded: exchanges the session cookie for an access token, and goes
 * on trying for as long as the network is away. Waiting does not mend other errors: they are shown, with a button for
 * another try and one to sign out.
 */
export function Resume() {
  const say = useSay();
  const wordsFor = useProblemWords();
  const { session } = useParts();
  const [trouble, setTrouble] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    let wait = FIRST_WAIT_MS;
    const resume = async (): Promise<void> => {
      try {
        await session.renew();
      } catch (error) {
        if (stopped || session.current().state !== 'unknown') return;
        if (!isPassing(error) && asProblem(error).status !== 429) return setTrouble(error);
        wait = Math.min(LONGEST_WAIT_MS, wait * 2);
        timer = setTimeout(() => void resume(), wait * (0.5 + Math.random()));
      }
    };
    void resume();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [session, attempt]);

  if (trouble === null) return <Starting />;
  return (
    <main id="main" role="alert" className="mx-auto flex min-h-dvh max-w-page flex-col justify-center gap-4 p-4">
      <h1 className="text-28 font-bold">{say('start.failed')}</h1>
      <p>{wordsFor(trouble)}</p>
      <Button
        kind="primary"
        onClick={() => {
          setTrouble(null);
          setAttempt(attempt + 1);
        }}
      >
        {say('state.retry')}
      </Button>
      <Button onClick={() => session.end()}>{say('start.sign_out')}</Button>
    </main>
  );
}
