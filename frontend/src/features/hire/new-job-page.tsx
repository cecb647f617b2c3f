import Plus from 'lucide-react/icons/plus';
import { Redirect } from 'wouter';
import { useRead } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { useDraft } from '../../lib/forms/use-draft';
import { usePlaceSearch } from '../../lib/people/places';
import { Button } from '../../ui/button';
import { CalendarStrip } from '../../ui/calendar-strip';
import { Field, FieldGroup, TextArea, TextInput } from '../../ui/field';
import { useFirstFault } from '../../ui/first-fault';
import { FormRefusal } from '../../ui/form-refusal';
import { Page, Section } from '../../ui/page';
import { PlacePicker } from '../../ui/place-picker';
import { Skeleton } from '../../ui/states';
import { draftFrom, emptyJob, emptyLine, MOST_LINES, type JobDraft, type LineDraft } from './job-draft';
import { LineFields } from './line-fields';
import { useOpenJob } from './use-open-job';

/** Nobody works for somebody without a name: it is asked for first, and then leads back here. */
export function NewJobPage() {
  const { say } = useFormat();
  const contractor = useRead('user.readContractorProfile', {});
  if (contractor.error?.status === 404) return <Redirect to="/profile/contractor?next=/jobs/new" replace />;
  if (contractor.isPending) {
    return (
      <Page title={say('job.new')} back="/jobs">
        <Skeleton />
      </Page>
    );
  }
  return <NewJob />;
}

function NewJob() {
  const { say, today, number } = useFormat();
  const searchPlaces = usePlaceSearch();
  const kept = useDraft<JobDraft>('job', emptyJob, (known) => draftFrom(known, today));
  const { draft } = kept;
  const { faults, busy, submit } = useOpenJob(draft, kept.forget);
  const form = useFirstFault(faults, faults.form !== undefined);
  const change = (part: Partial<JobDraft>) => kept.change({ ...part, attempt: crypto.randomUUID() });
  const changeLine = (key: string, part: Partial<LineDraft>) =>
    change({ lines: draft.lines.map((line) => (line.key === key ? { ...line, ...part } : line)) });

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <Page
        title={say('job.new')}
        back="/jobs"
        action={
          <>
            <FormRefusal words={faults.form} />
            <Button type="submit" kind="primary" wide busy={busy}>
              {say('job.open_and_find')}
            </Button>
          </>
        }
      >
        <Field label={say('job.what')} error={faults.fields['title']}>
          {(attributes) => (
            <TextInput {...attributes} autoComplete="off" maxLength={120} placeholder={say('job.what_example')} value={draft.title} onChange={(event) => change({ title: event.target.value })} />
          )}
        </Field>
        <Field label={say('job.where')} error={faults.fields['placeId']}>
          {({ id, ...described }) => (
            <PlacePicker
              id={id}
              chosen={draft.place}
              onChoose={(place) => change({ place })}
              search={searchPlaces}
              invalid={'placeId' in faults.fields}
              describedBy={described['aria-describedby']}
            />
          )}
        </Field>
        <FieldGroup label={say('job.when')} hint={say('job.when_hint')} error={faults.fields['days']}>
          <CalendarStrip
            from={today}
            days={28}
            marked={new Set(draft.days)}
            onMark={(some, marked) => change({ days: marked ? [...new Set([...draft.days, ...some])] : draft.days.filter((day) => !some.includes(day)) })}
            label={say('job.when')}
            words={{ marked: say('calendar.work'), unmarked: say('calendar.no_work') }}
          />
        </FieldGroup>
        <div className="two-fields grid gap-3">
          <Field label={say('job.starts')} error={faults.fields['startsAt']}>
            {(attributes) => <TextInput {...attributes} type="time" value={draft.startsAt} onChange={(event) => change({ startsAt: event.target.value })} />}
          </Field>
          <Field label={say('job.ends')} error={faults.fields['endsAt']}>
            {(attributes) => <TextInput {...attributes} type="time" value={draft.endsAt} onChange={(event) => change({ endsAt: event.target.value })} />}
          </Field>
        </div>
        <Section title={say('job.who')}>
          {draft.lines.map((line, index) => (
            <LineFields
              key={line.key}
              line={line}
              change={(part) => changeLine(line.key, part)}
              faultAt={(field) => faults.fields[`lines.${index}.${field}`]}
              onRemove={draft.lines.length > 1 ? () => change({ lines: draft.lines.filter(({ key }) => key !== line.key) }) : undefined}
            />
          ))}
          {draft.lines.length < MOST_LINES ? (
            <Button icon={<Plus aria-hidden className="size-icon" />} onClick={() => change({ lines: [...draft.lines, emptyLine()] })}>
              {say('job.add_line')}
            </Button>
          ) : (
            <p className="text-ink-soft">{say('job.lines_most', { count: number(MOST_LINES) })}</p>
          )}
        </Section>
        <Field label={say('job.more')} hint={say('job.more_hint')} error={faults.fields['description']}>
          {(attributes) => <TextArea {...attributes} maxLength={4000} value={draft.description} onChange={(event) => change({ description: event.target.value })} />}
        </Field>
      </Page>
    </form>
  );
}
