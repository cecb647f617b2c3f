import { useRef } from 'react';
import { useRead } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { Page } from '../../ui/page';
import { ErrorState, Skeleton } from '../../ui/states';
import { Wizard } from './wizard';

/**
 * Waits for the saved profile and calendar, so that the wizard starts from them. Once the wizard is shown, it stays, whatever
 * a later fetch answers.
 */
export function ProfilePage() {
  const { say } = useFormat();
  const profile = useRead('user.readWorkerProfile', {});
  const availability = useRead('user.readAvailability', {});
  const started = useRef(false);
  const isNew = profile.error?.status === 404;
  const trouble = (isNew || profile.data ? null : profile.error) ?? availability.error;
  if (started.current || (!trouble && (isNew || profile.data) && !availability.isPending)) {
    started.current = true;
    return <Wizard profile={profile.data} availability={availability.data} />;
  }
  return (
    <Page title={say('profile.title')}>
      {trouble ? (
        <ErrorState
          error={trouble}
          onRetry={() => {
            void profile.refetch();
            void availability.refetch();
          }}
        />
      ) : (
        <Skeleton />
      )}
    </Page>
  );
}
