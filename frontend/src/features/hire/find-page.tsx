import { useState } from 'react';
import type { CallInput } from '../../lib/api/client';
import { useRead } from '../../lib/api/queries';
import { addDays } from '@muster/contracts/kernel/civil-time';
import { paiseOf } from '../../lib/format/format';
import { useFormat } from '../../lib/format/use-format';
import { levelWords } from '../../lib/format/words';
import { usePlaceSearch } from '../../lib/people/places';
import { Button, ButtonLink } from '../../ui/button';
import { CalendarStrip } from '../../ui/calendar-strip';
import { controlClass, Field, FieldGroup, TextInput } from '../../ui/field';
import { Page } from '../../ui/page';
import { PlacePicker, type Place } from '../../ui/place-picker';
import { EmptyState, Loaded } from '../../ui/states';
import { TradeSelect } from './trade-select';
import { WorkerCard } from './worker-card';

type Search = CallInput<'matching.searchWorkers'>['body'];

/** Who could come, before there is a job: nobody is asked from here. */
export function FindPage() {
  const { say, today } = useFormat();
  const searchPlaces = usePlaceSearch();
  const [trade, setTrade] = useState('');
  const [level, setLevel] = useState(2);
  const [place, setPlace] = useState<Place | null>(null);
  const [days, setDays] = useState<readonly string[]>(() => [addDays(today, 1)]);
  const [pay, setPay] = useState('');
  const [tried, setTried] = useState(false);
  const [search, setSearch] = useState<Search | null>(null);
  const amount = paiseOf(pay);

  const submit = () => {
    setTried(true);
    if (trade === '' || place === null || !amount || days.length === 0) return;
    setSearch({ placeId: place.placeId, trade, minimumLevel: level, days: [...days].sort(), pay: { amount, currency: 'INR', basis: 'day' }, limit: 50 });
  };

  return (
    <Page title={say('find.title')} aside={<Results search={search} />}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label={say('job.trade')} error={tried && trade === '' ? say('job.fault_trade') : undefined}>
          {(attributes) => <TradeSelect {...attributes} value={trade} onChange={setTrade} />}
        </Field>
        <Field label={say('job.where')} error={tried && place === null ? say('profile.fault_place') : undefined}>
          {({ id, ...described }) => (
            <PlacePicker id={id} chosen={place} onChoose={setPlace} search={searchPlaces} invalid={tried && place === null} describedBy={described['aria-describedby']} />
          )}
        </Field>
        <div className="two-fields grid gap-3">
          <Field label={say('job.level')}>
            {(attributes) => (
              <select {...attributes} className={controlClass} value={level} onChange={(event) => setLevel(Number(event.target.value))}>
                {[1, 2, 3, 4, 5].map((value) => (
                  <option key={value} value={value}>
                    {levelWords(value, say)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={say('job.pay')} error={tried && !amount ? say('profile.fault_rate') : undefined}>
            {(attributes) => <TextInput {...attributes} className="figures" inputMode="decimal" autoComplete="off" placeholder="950" value={pay} onChange={(event) => setPay(event.target.value)} />}
          </Field>
        </div>
        <FieldGroup label={say('job.when')} error={tried && days.length === 0 ? say('job.fault_days') : undefined}>
          <CalendarStrip
            from={today}
            marked={new Set(days)}
            onMark={(some, marked) => setDays((known) => (marked ? [...new Set([...known, ...some])] : known.filter((day) => !some.includes(day))))}
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

function Results({ search }: { search: Search | null }) {
  const { say, number } = useFormat();
  const found = useRead('matching.searchWorkers', { body: search ?? ({} as Search) }, { enabled: search !== null });
  if (search === null) return <p className="text-ink-soft">{say('find.detail')}</p>;
  return (
    <Loaded read={found}>
      {({ items, matches }) =>
        items.length === 0 ? (
          <EmptyState title={say('find.none')}>{say('workers.none_detail')}</EmptyState>
        ) : (
          <>
            <p className="text-ink-soft">{say('workers.count', { count: matches, shown: number(matches) })}</p>
            {items.map((worker, index) => (
              <WorkerCard key={worker.personId} worker={worker} rank={index + 1} />
            ))}
            <ButtonLink to="/jobs/new" wide>
              {say('find.to_job')}
            </ButtonLink>
          </>
        )
      }
    </Loaded>
  );
}
