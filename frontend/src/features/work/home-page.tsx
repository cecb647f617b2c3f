import { usePages } from '../../lib/api/pages';
import { useRead } from '../../lib/api/queries';
import { useNow } from '../../lib/clock/use-clock';
import { useFormat } from '../../lib/format/use-format';
import { useTrades } from '../../lib/people/trades';
import { ButtonLink } from '../../ui/button';
import { InviteCard, type InviteFacts } from '../../ui/invite-card';
import { More } from '../../ui/more';
import { Page, Section } from '../../ui/page';
import { EmptyState, Loaded, Skeleton } from '../../ui/states';
import { useSteady } from '../../ui/steady';
import { AssignmentCard } from './assignment-card';
import { FreeToday } from './free-today';
import { InviteAnswers } from './invite-answers';
import { waitsForAnswer } from './invite-standing';
import { useInviteFacts, type Invite } from './use-invite-facts';

const idOf = ({ inviteId }: Invite) => inviteId;
const none: readonly Invite[] = [];
const OPEN = { query: { open: 'true' as const } };

export function HomePage() {
  const { say } = useFormat();
  const profile = useRead('user.readWorkerProfile', {});
  const availability = useRead('user.readAvailability', {});
  const invites = usePages('matching.listInvites', OPEN);
  const assignments = useRead('matching.listAssignments', { query: { limit: 1 } });
  const { read: trades } = useTrades();
  // While the screen is open an answered invite keeps its place and shows its answer, so that nothing slides under a thumb.
  const steady = useSteady(invites.data ?? none, idOf);
  const factsOf = useInviteFacts(steady.map(({ item }) => item));
  const next = assignments.data?.items[0];
  const unfindable = profile.error?.code === 'user.no_profile';
  // Everything is drawn at once, because what came later would push down what is there.
  const complete = [profile, availability, invites, assignments, trades].every((read) => !read.isPending);

  if (!complete) {
    return (
      <Page title={say('home.title')} aside={<span />}>
        <Skeleton />
      </Page>
    );
  }
  return (
    <Page
      title={profile.data ? say('home.hello', { name: profile.data.displayName }) : say('home.title')}
      aside={
        // Never undefined: the page has to have its two panes before it is known whether there is work in the second.
        next ? (
          <Section title={say('home.next')}>
            <AssignmentCard assignment={next} />
          </Section>
        ) : (
          <span />
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
          {() =>
            steady.length === 0 ? (
              <EmptyState title={say('home.no_invites')}>{say('home.no_invites_detail')}</EmptyState>
            ) : (
              steady.map(({ item, gone }) => <HomeInvite key={item.inviteId} known={item} gone={gone} factsOf={factsOf} />)
            )
          }
        </Loaded>
        <More read={invites} />
      </Section>
    </Page>
  );
}

/** An invite on the first screen. One that has left the list of open invites is read by itself, to show how it ended. */
function HomeInvite({ known, gone, factsOf }: { known: Invite; gone: boolean; factsOf: (invite: Invite) => InviteFacts }) {
  const now = useNow();
  const { data } = useRead('matching.readInvite', { params: { inviteId: known.inviteId } }, { enabled: gone });
  const invite = gone && data ? data : known;
  return <InviteCard invite={factsOf(invite)} to={`/invites/${invite.inviteId}`} open={waitsForAnswer(invite, now)} actions={<InviteAnswers invite={invite} />} />;
}
