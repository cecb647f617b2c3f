import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useRead } from '../../lib/api/queries';
import { paiseOf } from '../../lib/format/format';
import { useFormat } from '../../lib/format/use-format';
import { levelWords } from '../../lib/format/words';
import { useDraft } from '../../lib/forms/use-draft';
import { usePlaceSearch } from '../../lib/people/places';
import { Button } from '../../ui/button';
import { CalendarStrip } from '../../ui/calendar-strip';
import { controlClass, Field, FieldGroup, TextInput } from '../../ui/field';
import { useFirstFault } from '../../ui/first-fault';
import { Page } from '../../ui/page';
import { PlacePicker } from '../../ui/place-picker';
import { EmptyState, Loaded } from '../../ui/states';
import { emptyFind, findFrom, jobOf, searchOf, type FindDraft, type Search } from './find-draft';
import { draftFrom, emptyJob, type JobDraft } from './job-draft';
import { TradeField } from './trade-field';
import { WorkerCard } from './worker-card';

/** Who could come, before there is a job: nobody is asked from here. */
export function FindPage() {
  const { say, today } = useFormat();
  const searchPlaces = usePlaceSearch();
  const [, go] = useLocation();
  const { draft, change } = useDraft<FindDraft>('find', () => emptyFind(today), (kept) => findFrom(kept, today));
  const job = useDraft<JobDraft>('job', emptyJob, (kept) => draftFrom(kept, today));
  const [search, setSearch] = useState<Search | null>(() => (draft.searched ? searchOf(draft) : null));
  const [tries, setTries] = useState(0);
  const tried = tries > 0;
  const missing = searchOf(draft) === null;
  const form = useFirstFault(tries, tried && missing);
  const { trade, level, place, days, pay } = draft;

  const submit = () => {
    setTries((known) => known + 1);
    if (missing) return;
    setSearch(searchOf(draft));
    change({ searched: true });
  };
  const toJob = () => {
    job.change(jobOf(draft));
    go('/jobs/new');
  };

  return (
    <Page title={say('find.title')} aside={<Results search={search} fresh={tries} onMakeJob={toJob} />}>
      <form
        ref={form}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TradeField value={trade} onChange={(chosen) => change({ trade: chosen })} error={tried && trade === '' ? say('job.fault_trade') : undefined} />
        <Field label={say('job.where')} error={tried && place === null ? say('profile.fault_place') : undefined}>
          {({ id, ...described }) => (
            <PlacePicker
              id={id}
              chosen={place}
              onChoose={(chosen) => change({ place: chosen })}
              search={searchPlaces}
              invalid={tried && place === null}
              describedBy={described['aria-describedby']}
            />
          )}
        </Field>
        <div className="two-fields grid gap-3">
          <Field label={say('job.level')}>
            {(attributes) => (
              <select {...attributes} className={controlClass} value={level} onChange={(event) => change({ level: Number(event.target.value) })}>
                {[1, 2, 3, 4, 5].map((value) => (
                  <option key={value} value={value}>
                    {levelWords(value, say)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={say('job.pay')} error={tried && !paiseOf(pay) ? say('profile.fault_rate') : undefined}>
            {(attributes) => (
              <TextInput {...attributes} className="figures" inputMode="decimal" autoComplete="off" placeholder="950" value={pay} onChange={(event) => change({ pay: event.target.value })} />
            )}
          </Field>
        </div>
        <FieldGroup label={say('job.when')} error={tried && days.length === 0 ? say('job.fault_days') : undefined}>
          <CalendarStrip
            from={today}
            marked={new Set(days)}
            onMark={(some, marked) => change({ days: marked ? [...new Set([...days, ...some])] : days.filter((day) => !some.includes(day)) })}
            label={say('job.when')}
            words={{ marked: say('calendar.work'), unmarked: say('calendar.no_work') }}
          />
        </FieldGroup>
        <Button type="submit" kind="primary" wide>
          {say('find.submit')}
        </Button>
      </form>
    </Page>
  );
}

/** `fresh` counts the searches of this visit: each brings its results into sight. */
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
