import type { ComponentType } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useSession } from '../lib/session/use-session';
import { page } from './pages';
import { Resume } from './resume';

const WelcomePage = page(async () => (await import('../features/welcome/welcome-page')).WelcomePage);
const SignUpPage = page(async () => (await import('../features/account/sign-up-page')).SignUpPage);
const CodePage = page(async () => (await import('../features/account/code-page')).CodePage);
const SignInPage = page(async () => (await import('../features/account/sign-in-page')).SignInPage);

/** Shows a signed-in person the screen at the address. Everybody else is asked to sign in first and is then led there. */
export function Entrance({ SignedIn }: { SignedIn: ComponentType }) {
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

/**
 * The address of the sign-in page, with the address to which it leads on; `ended` makes the page say why the person has
 * to sign in again.
 */
function signInAt(path: string, ended: boolean): string {
  const query = new URLSearchParams({ next: path + location.search });
  if (ended) query.set('ended', '');
  return `/sign-in?${query.toString()}`;
}
