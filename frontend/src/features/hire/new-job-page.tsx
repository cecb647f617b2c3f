import Plus from 'lucide-react/icons/plus';
import { useFieldArray } from 'react-hook-form';
import { Redirect } from 'wouter';
import { matchingDescribeJobFields } from '../../lib/api/generated';
import { useRead } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { usePayDoubt } from '../../lib/forms/day-pay';
import { useDraft } from '../../lib/forms/use-draft';
import { useForm } from '../../lib/forms/use-form';
import { usePlaceSearch } from '../../lib/people/places';
import { Button } from '../../ui/button';
import { TextArea, TextInput } from '../../ui/field';
import { FormField, FormFrame, FormGroup } from '../../ui/form';
import { FormRefusal } from '../../ui/form-refusal';
import { Page, Section } from '../../ui/page';
import { PlacePicker } from '../../ui/place-picker';
import { Skeleton } from '../../ui/states';
import { renewJobDraft, emptyJob, emptyLine, jobFields, MOST_LINES, type JobDraft } from './job-draft';
import { LineFields } from './line-fields';
import { useOpenJob } from './use-open-job';
import { WorkDays } from './work-days';

/** Asks a contractor without a name for the name first, since workers have to know who asks; that page leads back here. */
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
  const format = useFormat();
  const { say, today, number } = format;
  const searchPlaces = usePlaceSearch();
  const kept = useDraft<JobDraft>('job', emptyJob, (known) => renewJobDraft(known, today));
  const form = useForm<JobDraft>({ rules: matchingDescribeJobFields, fields: jobFields(format), values: kept.first, keep: kept.keep });
  const lines = useFieldArray({ control: form.control, name: 'lines' });
  const doubtOf = usePayDoubt();
  const open = useOpenJob(kept);
  const submit = form.submit(
    async (draft) => {
      const doubt = doubtOf(draft.lines.map(({ pay }) => pay));
      if (doubt !== undefined) return form.refuse(doubt);
      await open(draft).catch(form.showRefusal);
    },
    () => form.refuse(say('job.fault_some')),
  );

  return (
    <FormFrame form={form} onSubmit={submit}>
      <Page
        title={say('job.new')}
        back="/jobs"
        action={
          <>
            <FormRefusal words={form.refusal} />
            <Button type="submit" kind="primary" wide busy={form.formState.isSubmitting}>
              {say('job.open_and_find')}
            </Button>
          </>
        }
      >
        <FormField form={form} name="title" label={say('job.what')}>
          {(attributes, control) => <TextInput {...attributes} {...control} autoComplete="off" maxLength={120} placeholder={say('job.what_example')} />}
        </FormField>
        <FormField form={form} name="place" label={say('job.where')}>
          {(attributes, { value, onChange }) => <PlacePicker attributes={attributes} chosen={value} onChoose={onChange} search={searchPlaces} />}
        </FormField>
        <FormGroup form={form} name="days" label={say('job.when')} hint={say('job.when_hint')}>
          {({ value, onChange }) => <WorkDays value={value} onChange={onChange} days={28} />}
        </FormGroup>
        <div className="two-fields grid gap-3">
          <FormField form={form} name="startsAt" label={say('job.starts')}>
            {(attributes, control) => <TextInput {...attributes} {...control} type="time" />}
          </FormField>
          <FormField form={form} name="endsAt" label={say('job.ends')}>
            {(attributes, control) => <TextInput {...attributes} {...control} type="time" />}
          </FormField>
        </div>
        <Section title={say('job.who')}>
          {lines.fields.map(({ id }, index) => (
            <LineFields key={id} form={form} index={index} onRemove={lines.fields.length > 1 ? () => lines.remove(index) : undefined} />
          ))}
          {lines.fields.length < MOST_LINES ? (
            <Button icon={<Plus aria-hidden className="size-icon" />} onClick={() => lines.append(emptyLine(), { shouldFocus: false })}>
              {say('job.add_line')}
            </Button>
          ) : (
            <p className="text-ink-soft">{say('job.lines_most', { count: number(MOST_LINES) })}</p>
          )}
        </Section>
        <FormField form={form} name="description" label={say('job.more')} hint={say('job.more_hint')}>
          {(attributes, control) => <TextArea {...attributes} {...control} maxLength={4000} />}
        </FormField>
      </Page>
    </FormFrame>
  );
}
