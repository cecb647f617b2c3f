import Plus from 'lucide-react/icons/plus';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { keyOf } from '../../lib/api/queries';
import { renew } from '../../lib/api/query-client';
import { useFormat } from '../../lib/format/use-format';
import { faultsOf, type Faults } from '../../lib/forms/faults';
import { useParts } from '../../lib/parts';
import { usePlaceSearch } from '../../lib/people/places';
import { Button } from '../../ui/button';
import { CalendarStrip } from '../../ui/calendar-strip';
import { Field, FieldGroup, TextArea, TextInput } from '../../ui/field';
import { FormRefusal } from '../../ui/form-refusal';
import { Page, Section } from '../../ui/page';
import { PlacePicker } from '../../ui/place-picker';
import { emptyJob, emptyLine, faultsOfDraft, jobBody, type JobDraft, type LineDraft } from './job-draft';
import { LineFields } from './line-fields';

export function NewJobPage() {
  const { say, today } = useFormat();
  const searchPlaces = usePlaceSearch();
  const { call, queries } = useParts();
  const [, go] = useLocation();
  const [draft, setDraft] = useState<JobDraft>(emptyJob);
  const [faults, setFaults] = useState<Faults>({ fields: {} });
  const [busy, setBusy] = useState(false);
  // The same for every try of this form, so that a lost answer never makes a second job.
  const attempt = useRef(crypto.randomUUID());
  const change = (part: Partial<JobDraft>) => {
    attempt.current = crypto.randomUUID();
    setDraft((known) => ({ ...known, ...part }));
  };
  const changeLine = (key: string, part: Partial<LineDraft>) =>
    change({ lines: draft.lines.map((line) => (line.key === key ? { ...line, ...part } : line)) });
  const days = new Set(draft.days);

  const submit = async () => {
    const missing = faultsOfDraft(draft, say);
    setFaults({ fields: missing, ...(Object.keys(missing).length > 0 && { form: say('job.fault_some') }) });
    if (Object.keys(missing).length > 0) return window.scrollTo(0, 0);
    setBusy(true);
    try {
      const described = await call('matching.describeJob', { body: jobBody(draft), idempotencyKey: attempt.current });
      const params = { jobId: described.jobId };
      const opened = await call('matching.openJob', { params, ifMatch: described.version });
      queries.setQueryData(keyOf('matching.readJob', { params }), opened);
      void renew(queries, ['matching.listJobs']);
      go(`/jobs/${opened.jobId}`, { replace: true });
    } catch (error) {
      setFaults(faultsOf(error));
      window.scrollTo(0, 0);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
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
          <Button type="submit" kind="primary" wide busy={busy}>
            {say('job.open_and_find')}
          </Button>
        }
      >
        <FormRefusal words={faults.form} />
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
        <FieldGroup label={say('job.when')} hint={say('job.when_hint')} error={faults.fields['days'] ?? faults.fields['lines.0.days']}>
          <CalendarStrip
            from={today}
            days={28}
            marked={days}
            onMark={(some, marked) => change({ days: marked ? [...new Set([...draft.days, ...some])] : draft.days.filter((day) => !some.includes(day)) })}
            label={say('job.when')}
            words={{ marked: say('calendar.work'), unmarked: say('calendar.no_work') }}
          />
        </FieldGroup>
        <div className="two-fields grid gap-3">
          <Field label={say('job.starts')} error={faults.fields['lines.0.startsAt']}>
            {(attributes) => <TextInput {...attributes} type="time" value={draft.startsAt} onChange={(event) => change({ startsAt: event.target.value })} />}
          </Field>
          <Field label={say('job.ends')} error={faults.fields['lines.0.endsAt']}>
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
          {draft.lines.length < 12 && (
            <Button icon={<Plus aria-hidden className="size-icon" />} onClick={() => change({ lines: [...draft.lines, emptyLine()] })}>
              {say('job.add_line')}
            </Button>
          )}
        </Section>
        <Field label={say('job.more')} hint={say('job.more_hint')} error={faults.fields['description']}>
          {(attributes) => <TextArea {...attributes} maxLength={4000} value={draft.description} onChange={(event) => change({ description: event.target.value })} />}
        </Field>
      </Page>
    </form>
  );
}
