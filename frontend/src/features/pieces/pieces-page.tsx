import { addDays, HOUR_MS } from '@muster/contracts/kernel/civil-time';
import { useState } from 'react';
import { useNow } from '../../lib/clock/use-clock';
import { useFormat } from '../../lib/format/use-format';
import { useParts } from '../../lib/parts';
import { Button } from '../../ui/button';
import { CalendarStrip } from '../../ui/calendar-strip';
import { Card, Figure, Tag } from '../../ui/card';
import { CrewStrip } from '../../ui/crew-strip';
import { Field, Stepper, TextInput } from '../../ui/field';
import { InviteCard } from '../../ui/invite-card';
import { MessageBubble } from '../../ui/message-bubble';
import { Page, Section } from '../../ui/page';
import { ReasonBars } from '../../ui/reason-bars';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states';
import { Switch } from '../../ui/switch';

/** Shows every component in every state, in development builds only. Its words are examples and are not translated. */
export function PiecesPage() {
  const { today } = useFormat();
  const { toasts } = useParts();
  const now = useNow();
  const [on, setOn] = useState(false);
  const [count, setCount] = useState(2);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set([today]));
  const days = [1, 2, 3].map((offset) => addDays(today, offset));
  const invite = {
    title: 'Compound wall at Wardha Road', family: 'masonry', trade: 'Mason', minimumLevel: 3, description: 'Lunch on site.', placeName: 'Nagpur', placeNameHi: 'नागपुर', zone: 'Asia/Kolkata', distanceBand: '2-5', days,
    startsAt: '09:00', endsAt: '18:00', pay: { amount: 95_000, basis: 'day' as const }, total: 285_000, filled: 1, count: 3,
    sentAt: new Date(now - HOUR_MS).toISOString(), expiresAt: new Date(now + 3 * HOUR_MS).toISOString(), from: 'Deshmukh Builders',
  };
  return (
    <Page title="Pieces">
      <Section title="Buttons">
        <Button kind="primary">Primary</Button>
        <Button>Secondary</Button>
        <Button kind="quiet">Quiet</Button>
        <Button kind="danger">Danger</Button>
        <Button kind="primary" busy>Busy</Button>
        <Button onClick={() => toasts.toast('Declined')}>Toast</Button>
      </Section>
      <Section title="Fields">
        <Field label="Label" hint="What helps">{(attributes) => <TextInput {...attributes} />}</Field>
        <Field label="Label" error="What is wrong">{(attributes) => <TextInput {...attributes} />}</Field>
        <Stepper value={count} onChange={setCount} minimum={0} maximum={9} labels={{ less: 'Less', more: 'More' }} />
        <Switch on={on} onChange={setOn} label="Free today" detail="Ends by itself" />
      </Section>
      <Section title="Invite card"><InviteCard invite={invite} open actions={<Button kind="primary">Accept</Button>} /></Section>
      <Section title="Card">
        <Card><Figure value="₹1,20,000" unit="in all" /><Tag tone="good">Settled</Tag><Tag tone="bad">Late</Tag></Card>
      </Section>
      <Section title="Reason bars">
        <ReasonBars reasons={[{ key: 'near_band', params: { band: '2-5' } }]} parts={[{ factor: 'skill', micro: -90_000 }, { factor: 'interest', micro: -160_000 }]} total={-250_000} />
      </Section>
      <Section title="Crew strip">
        <CrewStrip label="Crew" seats={(['yes', 'confirmed', 'on_site', 'late', 'asked', 'open'] as const).map((state) => ({ key: state, state, name: state === 'open' ? '' : 'Ramesh Yadav' }))} />
      </Section>
      <Section title="Calendar strip">
        <CalendarStrip
          from={today}
          marked={marked}
          onMark={(some, mark) => setMarked((known) => new Set(mark ? [...known, ...some] : [...known].filter((day) => !some.includes(day))))}
          label="Days"
          words={{ marked: 'free', unmarked: 'not free' }}
        />
      </Section>
      <Section title="Messages">
        <ol className="flex flex-col gap-2">
          <MessageBubble text="When shall I be there?" mine={false} at={new Date(now).toISOString()} />
          {(['queued', 'sent', 'delivered', 'read', 'failed'] as const).map((state) => (
            <MessageBubble key={state} text="कल सुबह 9 बजे" mine at={new Date(now).toISOString()} state={state} onRetry={() => undefined} />
          ))}
        </ol>
      </Section>
      <Section title="States">
        <Skeleton cards={1} />
        <EmptyState title="Nothing yet">And what to do about it.</EmptyState>
        <ErrorState error={null} onRetry={() => undefined} />
      </Section>
    </Page>
  );
}
