import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { matchingSearchWorkersFields } from '../../lib/api/generated';
import { useRead } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { levelWords } from '../../lib/format/words';
import { useDraft } from '../../lib/forms/use-draft';
import { useForm } from '../../lib/forms/use-form';
import { usePlaceSearch } from '../../lib/people/places';
import { Button } from '../../ui/button';
import { controlClass, TextInput } from '../../ui/field';
import { FormField, FormFrame, FormGroup } from '../../ui/form';
import { Page } from '../../ui/page';
import { PlacePicker } from '../../ui/place-picker';
import { EmptyState, Loaded } from '../../ui/states';
import { emptyFind, findFields, renewFindDraft, jobDraftOf, searchRequestOf, type FindDraft, type Search } from './find-draft';
import { renewJobDraft, emptyJob, type JobDraft } from './job-draft';
import { TradeField } from './trade-field';
import { WorkDays } from './work-days';
import { WorkerCard } from './worker-card';

/** Finds out who could come before there is a job; nobody is invited from here. */
export function FindPage() {
  const { say, today } = useFormat();
  const searchPlaces = usePlaceSearch();
  const [, go] = useLocation();
  const kept = useDraft<FindDraft>('find', () => emptyFind(today), (known) => renewFindDraft(known, today));
  const job = useDraft<JobDraft>('job', emptyJob, (known) => renewJobDraft(known, today));
  const form = useForm<FindDraft>({ rules: matchingSearchWorkersFields, fields: findFields, values: kept.first, keep: kept.keep });
  const [search, setSearch] = useState<Search | null>(() => (kept.first.searched ? searchRequestOf(kept.first) : null));
  const [searches, setSearches] = useState(0);

  const submit = form.submit((draft) => {
    setSearch(searchRequestOf(draft));
    setSearches(searches + 1);
    form.setValue('searched', true);
  });
  const toJob = () => {
    job.keep(jobDraftOf(form.getValues()));
    go('/jobs/new');
  };

  return (
    <Page title={say('find.title')} aside={<Results search={search} fresh={searches} onMakeJob={toJob} />}>
      <FormFrame form={form} onSubmit={submit} className="flex flex-col gap-4">
        <FormField form={form} name="trade" label={say('job.trade')}>
          {(attributes, { value, onChange }) => <TradeField attributes={attributes} value={value} onChange={onChange} />}
        </FormField>
        <FormField form={form} name="place" label={say('job.where')}>
          {(attributes, { value, onChange }) => <PlacePicker attributes={attributes} chosen={value} onChoose={onChange} search={searchPlaces} />}
        </FormField>
        <div className="two-fields grid gap-3">
          <FormField form={form} name="level" label={say('job.level')}>
            {(attributes, { value, onChange }) => (
              <select {...attributes} className={controlClass} value={value} onChange={(event) => onChange(Number(event.target.value))}>
                {[1, 2, 3, 4, 5].map((level) => (
                  <option key={level} value={level}>
                    {levelWords(level, say)}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <FormField form={form} name="pay" label={say('job.pay')}>
            {(attributes, control) => <TextInput {...attributes} {...control} className="figures" inputMode="decimal" autoComplete="off" placeholder="950" />}
          </FormField>
        </div>
        <FormGroup form={form} name="days" label={say('job.when')}>
          {({ value, onChange }) => <WorkDays value={value} onChange={onChange} />}
        </FormGroup>
        <Button type="submit" kind="primary" wide>
          {say('find.submit')}
        </Button>
      </FormFrame>
    </Page>
  );
}

/** Shows the results of a search. `fresh` counts the searches of this visit; after each the results are scrolled to. */
function Results({ search, fresh, onMakeJob }: { search: Search | null; fresh: number; onMakeJob: () => void }) {
  const { say, number } = useFormat();
  const found = useRead('matching.searchWorkers', { body: search ?? ({} as Search) }, { enabled: search !== null });
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (fresh === 0 || search === null) return;
    top.current?.focus({ preventScroll: true });
    void top.current?.scrollIntoView({ block: 'start' });
  }, [fresh, search]);
  if (search === null) return <p className="text-ink-soft">{say('find.detail')}</p>;
  return (
    <section className="fill-screen flex flex-col gap-4">
      <h2 ref={top} tabIndex={-1} className="pt-4 text-22 font-bold">
        {say('find.results')}
      </h2>
      <Loaded read={found}>
        {({ items, matches }) =>
          items.length === 0 ? (
            <EmptyState title={say('find.none')}>{say('workers.none_detail')}</EmptyState>
          ) : (
            <>
              <p className="text-ink-soft">{say('workers.count', { count: matches, shown: number(matches) })}</p>
              <Button wide onClick={onMakeJob}>
                {say('find.to_job')}
              </Button>
              {items.map((worker, index) => (
                <WorkerCard key={worker.personId} worker={worker} rank={index + 1} />
              ))}
              {matches > items.length && <p className="text-ink-soft">{say('workers.best', { shown: number(items.length), matches: number(matches) })}</p>}
            </>
          )
        }
      </Loaded>
    </section>
  );
}
