import { lazy, Suspense, useEffect } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { onSessionChange, currentSession, renewSession, useSession } from '../lib/session/session';
import { queries } from '../lib/api/queries';
import { wantAppWords } from '../lib/i18n/language';
import { Fault } from './fault';
import { Starting } from './starting';

const WelcomePage = lazy(() => import('../features/welcome/welcome-page').then((module) => ({ default: module.WelcomePage })));
const SignUpPage = lazy(() => import('../features/account/sign-up-page').then((module) => ({ default: module.SignUpPage })));
const CodePage = lazy(() => import('../features/account/code-page').then((module) => ({ default: module.CodePage })));
const SignInPage = lazy(() => import('../features/account/sign-in-page').then((module) => ({ default: module.SignInPage })));
// Screen and words travel side by side, not one after the other.
const SignedIn = lazy(async () => {
  const [module] = await Promise.all([import('./signed-in'), wantAppWords()]);
  return { default: module.SignedIn };
});
const OutboxPage = lazy(async () => {
  const [module] = await Promise.all([import('../features/outbox/outbox-page'), wantAppWords()]);
  return { default: module.OutboxPage };
});
const PiecesPage = import.meta.env.DEV
  ? lazy(async () => {
      const [module] = await Promise.all([import('../features/pieces/pieces-page'), wantAppWords()]);
      return { default: module.PiecesPage };
    })
  : null;

// What one person has read is never shown to the next one on the same phone.
let lastPerson: string | null = null;
onSessionChange(() => {
  const session = currentSession();
  const person = session.state === 'signed-in' ? session.personId : null;
  if (lastPerson !== null && person !== lastPerson) queries.clear();
  lastPerson = person;
});

export function App() {
  const session = useSession();
  const [path] = useLocation();
  return (
    <Fault>
      <Suspense fallback={<Starting />}>
        {PiecesPage && (
          <Route path="/dev/pieces">
            <PiecesPage />
          </Route>
        )}
        <Route path="/dev/outbox">
          <OutboxPage />
        </Route>
        {path.startsWith('/dev/') ? null : session.state === 'unknown' ? (
          <Resume />
        ) : session.state === 'signed-in' ? (
          <SignedIn />
        ) : (
          <Switch>
            <Route path="/sign-up" component={SignUpPage} />
            <Route path="/sign-up/code" component={CodePage} />
            <Route path="/sign-in" component={SignInPage} />
            <Route path="/" component={WelcomePage} />
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        )}
      </Suspense>
    </Fault>
  );
}

/** Signed in before the page was loaded: the cookie is traded for a token, and until that works nothing is lost. */
function Resume() {
  useEffect(() => {
    let stopped = false;
    let wait = 500;
    const attempt = async (): Promise<void> => {
      try {
        await renewSession();
      } catch {
        if (stopped || currentSession().state !== 'unknown') return;
        wait = Math.min(10_000, wait * 2);
        setTimeout(() => void attempt(), wait * (0.5 + Math.random()));
      }
    };
    void attempt();
    return () => {
      stopped = true;
    };
  }, []);
  return <Starting />;
}
