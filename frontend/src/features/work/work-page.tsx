import { Link } from 'wouter';
import { usePages } from '../../lib/api/pages';
import { useNow } from '../../lib/clock/use-clock';
import { useFormat } from '../../lib/format/use-format';
import { useTrades } from '../../lib/people/trades';
import { ButtonLink } from '../../ui/button';
import { Tag } from '../../ui/card';
import { More } from '../../ui/more';
import { Page, Section } from '../../ui/page';
import { EmptyState, Loaded, Skeleton } from '../../ui/states';
import { AssignmentCard } from './assignment-card';
import { standingOf } from './invite-standing';
import type { Invite } from './use-invite-facts';

export function WorkPage() {
  const { say } = useFormat();
  const assignments = usePages('matching.listAssignments');
  const invites = usePages('matching.listInvites');
  const { read: trades } = useTrades();
  const complete = [assignments, invites, trades].every((read) => !read.isPending);
  if (!complete) {
    return (
      <Page title={say('work.title')} aside={<span />}>
        <Skeleton />
      </Page>
    );
  }
  return (
    <Page
      title={say('work.title')}
      aside={
        <Section title={say('work.invites')}>
          <Loaded read={invites}>
            {(items) => (items.length === 0 ? <p className="text-ink-soft">{say('home.no_invites_detail')}</p> : <InviteRows invites={items} />)}
          </Loaded>
          <More read={invites} />
        </Section>
      }
    >
      <Section title={say('work.assignments')}>
        <Loaded read={assignments}>
          {(items) =>
            items.length === 0 ? (
              <EmptyState title={say('work.none')} action={<ButtonLink to="/home">{say('work.to_invites')}</ButtonLink>}>
                {say('work.none_detail')}
              </EmptyState>
            ) : (
              items.map((assignment) => <AssignmentCard key={assignment.assignmentId} assignment={assignment} />)
            )
          }
        </Loaded>
        <More read={assignments} />
      </Section>
    </Page>
  );
}

function InviteRows({ invites }: { invites: readonly Invite[] }) {
  return (
    <ul className="flex flex-col">
      {invites.map((invite) => (
        <InviteRow key={invite.inviteId} invite={invite} />
      ))}
    </ul>
  );
}

function InviteRow({ invite }: { invite: Invite }) {
  const { say, money, days } = useFormat(invite.zone);
  const now = useNow();
  const { nameOf } = useTrades();
  const standing = standingOf(invite, now);
  const word = standing.kind === 'ended' ? standing.as : 'open';
  return (
    <li className="border-b border-line">
      <Link href={`/invites/${invite.inviteId}`} className="flex min-h-action flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2">
        <span className="min-w-0 grow basis-words">
          <span className="block font-medium">{invite.title}</span>
          <span className="figures block text-14 text-ink-soft">
            {nameOf(invite.trade)} · {money(invite.pay.amount)} {say(`pay.per_${invite.pay.basis}`)} · {days(invite.days)}
          </span>
        </span>
        <Tag tone={word === 'accepted' ? 'good' : 'plain'}>{say(`invite_state.${word}`)}</Tag>
      </Link>
    </li>
  );
}
