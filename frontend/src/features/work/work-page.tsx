import { Link } from 'wouter';
import { useRead } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { useTrades } from '../../lib/people/trades';
import { ButtonLink } from '../../ui/button';
import { Tag } from '../../ui/card';
import { Page, Section } from '../../ui/page';
import { EmptyState, Loaded } from '../../ui/states';
import { AssignmentCard } from './assignment-card';
import { isOpen, type Invite } from './use-invite-facts';

export function WorkPage() {
  const { say } = useFormat();
  const assignments = useRead('matching.listAssignments', { query: { limit: 50 } });
  const invites = useRead('matching.listInvites', { query: { limit: 50 } });
  return (
    <Page
      title={say('work.title')}
      aside={
        <Section title={say('work.invites')}>
          <Loaded read={invites}>
            {({ items }) =>
              items.length === 0 ? <p className="text-ink-soft">{say('home.no_invites_detail')}</p> : <InviteRows invites={items} />
            }
          </Loaded>
        </Section>
      }
    >
      <Section title={say('work.assignments')}>
        <Loaded read={assignments}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={say('work.none')} action={<ButtonLink to="/home">{say('work.to_invites')}</ButtonLink>}>
                {say('work.none_detail')}
              </EmptyState>
            ) : (
              items.map((assignment) => <AssignmentCard key={assignment.assignmentId} assignment={assignment} />)
            )
          }
        </Loaded>
      </Section>
    </Page>
  );
}

function InviteRows({ invites }: { invites: readonly Invite[] }) {
  const { say, money, days } = useFormat();
  const { nameOf } = useTrades();
  return (
    <ul className="flex flex-col">
      {invites.map((invite) => (
        <li key={invite.inviteId} className="border-b border-line">
          <Link href={`/invites/${invite.inviteId}`} className="flex min-h-action flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2">
            <span className="min-w-0 grow basis-words">
              <span className="block font-medium">{invite.title}</span>
              <span className="figures block text-14 text-ink-soft">
                {nameOf(invite.trade)} · {money(invite.pay.amount)} {say(`pay.per_${invite.pay.basis}`)} · {days(invite.days)}
              </span>
            </span>
            <Tag tone={invite.state === 'accepted' ? 'good' : 'plain'}>{say(isOpen(invite) ? 'invite_state.open' : `invite_state.${invite.state}`)}</Tag>
          </Link>
        </li>
      ))}
    </ul>
  );
}
