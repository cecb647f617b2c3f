import { Suspense, useEffect } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { goLive } from '../lib/live/socket';
import { useParts } from '../lib/parts';
import { useHat, useMe } from '../lib/session/use-session';
import { OfflineNotice, Skeleton } from '../ui/states';
import { browserConnection } from './browser-connection';
import { Fault } from './fault';
import { ForHat } from './for-hat';
import { page, prefetchPages } from './pages';
import { Shell } from './shell';

const HatsPage = page(async () => (await import('../features/account/hats-page')).HatsPage);
const MePage = page(async () => (await import('../features/account/me-page')).MePage);
const ProfilePage = page(async () => (await import('../features/profile/profile-page')).ProfilePage);
const ContractorPage = page(async () => (await import('../features/profile/contractor-page')).ContractorPage);
const HomePage = page(async () => (await import('../features/work/home-page')).HomePage);
const WorkPage = page(async () => (await import('../features/work/work-page')).WorkPage);
const InvitePage = page(async () => (await import('../features/work/invite-page')).InvitePage);
const JobsPage = page(async () => (await import('../features/hire/jobs-page')).JobsPage);
const NewJobPage = page(async () => (await import('../features/hire/new-job-page')).NewJobPage);
const JobPage = page(async () => (await import('../features/hire/job-page')).JobPage);
const FindPage = page(async () => (await import('../features/hire/find-page')).FindPage);
const ChatsPage = page(async () => (await import('../features/chats/chats-page')).ChatsPage);
const NoticesPage = page(async () => (await import('../features/notices/notices-page')).NoticesPage);

/** All screens, in the order in which their code is fetched in advance. */
const pages = [
  HatsPage, MePage, ProfilePage, ContractorPage, HomePage, WorkPage, InvitePage, JobsPage, NewJobPage, JobPage, FindPage, ChatsPage, NoticesPage,
];

export function SignedIn() {
  const { personId } = useMe();
  const hat = useHat();
  const parts = useParts();
  const [path] = useLocation();
  useEffect(() => goLive(parts, browserConnection), [parts, personId]);
  // Messages that were written without network are sent from whichever screen the person is on now.
  useEffect(() => void parts.outbox.flush(), [parts, personId]);
  useEffect(() => prefetchPages(pages), []);

  if (hat === null) {
    return (
      <Suspense fallback={null}>
        <HatsPage />
      </Suspense>
    );
  }
  return (
    <Shell hat={hat}>
      <Fault at={path}>
        <Suspense fallback={<Waiting />}>
          <Switch>
            <Route path="/home">
              <ForHat hat="worker">
                <HomePage />
              </ForHat>
            </Route>
            <Route path="/work">
              <ForHat hat="worker">
                <WorkPage />
              </ForHat>
            </Route>
            <Route path="/invites/:id">
              {({ id }) => (
                <ForHat hat="worker">
                  <InvitePage key={id} inviteId={id} />
                </ForHat>
              )}
            </Route>
            <Route path="/jobs">
              <ForHat hat="contractor">
                <JobsPage />
              </ForHat>
            </Route>
            <Route path="/jobs/new">
              <ForHat hat="contractor">
                <NewJobPage />
              </ForHat>
            </Route>
            <Route path="/jobs/:id">
              {({ id }) => (
                <ForHat hat="contractor">
                  <JobPage key={id} jobId={id} />
                </ForHat>
              )}
            </Route>
            <Route path="/find">
              <ForHat hat="contractor">
                <FindPage />
              </ForHat>
            </Route>
            <Route path="/chats">
              <ChatsPage />
            </Route>
            <Route path="/chats/:id">{({ id }) => <ChatsPage conversationId={id} />}</Route>
            <Route path="/notices" component={NoticesPage} />
            <Route path="/me" component={MePage} />
            <Route path="/hats" component={HatsPage} />
            <Route path="/profile" component={ProfilePage} />
            <Route path="/profile/contractor" component={ContractorPage} />
            <Route>
              <Redirect to={hat === 'worker' ? '/home' : '/jobs'} replace />
            </Route>
          </Switch>
        </Suspense>
      </Fault>
    </Shell>
  );
}

/** Shown while the code of a screen is on its way; without network it says so. */
function Waiting() {
  return (
    <div className="fill-screen mx-auto flex w-full max-w-page flex-col gap-4 px-4 py-12">
      <OfflineNotice />
      <Skeleton />
    </div>
  );
}
