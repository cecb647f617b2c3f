import { lazy, Suspense, useEffect } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useHat } from '../lib/session/hat';
import { useMe } from '../lib/session/session';
import { storage } from '../lib/session/storage';
import { goLive } from '../lib/live/socket';
import { Skeleton } from '../ui/states';
import { Shell } from './shell';

const HatsPage = lazy(() => import('../features/account/hats-page').then((module) => ({ default: module.HatsPage })));
const MePage = lazy(() => import('../features/account/me-page').then((module) => ({ default: module.MePage })));
const ProfilePage = lazy(() => import('../features/profile/profile-page').then((module) => ({ default: module.ProfilePage })));
const ContractorPage = lazy(() => import('../features/profile/contractor-page').then((module) => ({ default: module.ContractorPage })));
const HomePage = lazy(() => import('../features/work/home-page').then((module) => ({ default: module.HomePage })));
const WorkPage = lazy(() => import('../features/work/work-page').then((module) => ({ default: module.WorkPage })));
const InvitePage = lazy(() => import('../features/work/invite-page').then((module) => ({ default: module.InvitePage })));
const JobsPage = lazy(() => import('../features/hire/jobs-page').then((module) => ({ default: module.JobsPage })));
const NewJobPage = lazy(() => import('../features/hire/new-job-page').then((module) => ({ default: module.NewJobPage })));
const JobPage = lazy(() => import('../features/hire/job-page').then((module) => ({ default: module.JobPage })));
const FindPage = lazy(() => import('../features/hire/find-page').then((module) => ({ default: module.FindPage })));
const ChatsPage = lazy(() => import('../features/chats/chats-page').then((module) => ({ default: module.ChatsPage })));
const NoticesPage = lazy(() => import('../features/notices/notices-page').then((module) => ({ default: module.NoticesPage })));

export function SignedIn() {
  const { personId } = useMe();
  const hat = useHat();
  useEffect(goLive, [personId]);
  useEffect(() => {
    // What was written in a tunnel goes out wherever the person is now.
    if (storage.read('outbox') !== null) void import('../lib/chat/outbox').then(({ outbox }) => outbox.flush());
  }, [personId]);

  if (hat === null) {
    return (
      <Suspense fallback={null}>
        <HatsPage />
      </Suspense>
    );
  }
  return (
    <Shell hat={hat}>
      <Suspense fallback={<div className="mx-auto fill-screen max-w-page px-4 py-12"><Skeleton /></div>}>
        <Switch>
          <Route path="/home" component={HomePage} />
          <Route path="/work" component={WorkPage} />
          <Route path="/invites/:id">{({ id }) => <InvitePage key={id} inviteId={id} />}</Route>
          <Route path="/jobs" component={JobsPage} />
          <Route path="/jobs/new" component={NewJobPage} />
          <Route path="/jobs/:id">{({ id }) => <JobPage key={id} jobId={id} />}</Route>
          <Route path="/find" component={FindPage} />
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
    </Shell>
  );
}
