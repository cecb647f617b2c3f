import { useRead } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { ButtonLink } from '../../ui/button';
import { InviteCard } from '../../ui/invite-card';
import { Page, Section } from '../../ui/page';
import { EmptyState, Loaded } from '../../ui/states';
import { AssignmentCard } from './assignment-card';
import { FreeToday } from './free-today';
import { InviteAnswers } from './invite-answers';
import { isOpen, useInviteFacts } from './use-invite-facts';

export function HomePage() {
  const { say } = useFormat();
  const profile = useRead('user.readWorkerProfile', {});
  const invites = useRead('matching.listInvites', { query: { open: 'true', limit: 50 } });
  const assignments = useRead('matching.listAssignments', { query: { limit: 1 } });
  const factsOf = useInviteFacts(invites.data?.items ?? []);
  const next = assignments.data?.items[0];
  const unfindable = profile.error?.code === 'user.no_profile';

  return (
    <Page
      title={profile.data ? say('home.hello', { name: profile.data.displayName }) : say('home.title')}
      aside={
        next && (
          <Section title={say('home.next')}>
            <AssignmentCard assignment={next} />
          </Section>
        )
      }
    >
      {unfindable && (
        <EmptyState
          title={say('home.no_profile')}
          action={
            <ButtonLink to="/profile" kind="primary">
              {say('home.make_profile')}
            </ButtonLink>
          }
        >
          {say('home.no_profile_detail')}
        </EmptyState>
      )}
      {!unfindable && <FreeToday />}
      <Section title={say('home.invites')}>
        <Loaded read={invites}>
          {({ items }) => {
            const open = items.filter(isOpen);
            if (open.length === 0) return <EmptyState title={say('home.no_invites')}>{say('home.no_invites_detail')}</EmptyState>;
            return open.map((invite) => (
              <InviteCard
                key={invite.inviteId}
                invite={factsOf(invite)}
                to={`/invites/${invite.inviteId}`}
                open
                actions={<InviteAnswers invite={invite} />}
              />
            ));
          }}
        </Loaded>
      </Section>
    </Page>
  );
}
