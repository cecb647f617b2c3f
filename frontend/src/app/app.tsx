import { Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { wantAppWords } from '../lib/i18n/language';
import { useSession } from '../lib/session/use-session';
import { Fault } from './fault';
import { page } from './pages';
import { Resume } from './resume';
import { Starting } from './starting';

const WelcomePage = page(async () => (await import('../features/welcome/welcome-page')).WelcomePage);
const LookAroundPage = page(async () => (await import('../features/welcome/look-around-page')).LookAroundPage);
const SignUpPage = page(async () => (await import('../features/account/sign-up-page')).SignUpPage);
const CodePage = page(async () => (await import('../features/account/code-page')).CodePage);
const SignInPage = page(async () => (await import('../features/account/sign-in-page')).SignInPage);
// Screen and words travel side by side, not one after the other, and the trades that every screen names with them.
const SignedIn = page(async () => (await Promise.all([import('./signed-in'), wantAppWords(), withTrades()]))[0].SignedIn);
const OutboxPage = page(async () => (await Promise.all([import('../features/outbox/outbox-page'), wantAppWords()]))[0].OutboxPage);
const PiecesPage = import.meta.env.DEV
  ? page(async () => (await Promise.all([import('../features/pieces/pieces-page'), wantAppWords()]))[0].PiecesPage)
  : null;

export function App() {
  const [path] = useLocation();
  return (
    <Fault at={path}>
      <Suspense fallback={<Starting />}>
        {PiecesPage && (
          <Route path="/dev/pieces">
            <PiecesPage />
          </Route>
        )}
        <Route path="/dev/outbox">
          <OutboxPage />
        </Route>
        <Route path="/dev/look-around/worker">
          <LookAroundPage as="worker" />
        </Route>
        <Route path="/dev/look-around/contractor">
          <LookAroundPage as="contractor" />
        </Route>
        {path.startsWith('/dev/') ? null : <Entrance />}
      </Suspense>
    </Fault>
  );
}

/** Without them a screen still works: it asks again. */
async function withTrades(): Promise<void> {
  await import('../lib/people/trades').then(({ loadTrades }) => loadTrades()).catch(() => undefined);
}

function Entrance() {
  const session = useSession();
  const [path] = useLocation();
  if (session.state === 'unknown') return <Resume />;
  if (session.state === 'signed-in') return <SignedIn />;
  return (
    <Switch>
      <Route path="/sign-up" component={SignUpPage} />
      <Route path="/sign-up/code" component={CodePage} />
      <Route path="/sign-in" component={SignInPage} />
      <Route path="/">{session.ended ? <Redirect to="/sign-in?ended" replace /> : <WelcomePage />}</Route>
      <Route>
        <Redirect to={signInAt(path, session.ended)} replace />
      </Route>
    </Switch>
  );
}

/** The sign-in page, which leads on to where the person wanted to be, and says why they have to sign in again. */
function signInAt(path: string, ended: boolean): string {
  const query = new URLSearchParams({ next: path + location.search });
  if (ended) query.set('ended', '');
  return `/sign-in?${query.toString()}`;
}
