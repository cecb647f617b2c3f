import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Answer } from '../../lib/api/client';
import { asProblem } from '../../lib/api/problem-error';
import { faultWords, problemWords } from '../../lib/api/problem-words';
import { useRead, useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { fieldOf } from '../../lib/forms/rules';
import { useParts } from '../../lib/parts';
import { Button } from '../../ui/button';
import { Field, TextInput } from '../../ui/field';
import { FormRefusal } from '../../ui/form-refusal';
import { Page } from '../../ui/page';
import { ErrorState, Skeleton } from '../../ui/states';
import { DaysStep } from './days-step';
import { draftOf, emptyDraft, faultOfStep, profileBody, steps, type Draft, type Step, type WorkerProfile } from './draft';
import { PlaceStep } from './place-step';
import { TradeStep } from './trade-step';

type Availability = Answer<'user.readAvailability'>;

/** Waits for what is known already, so that the steps start from it. */
export function ProfilePage() {
  const { say } = useFormat();
  const profile = useRead('user.readWorkerProfile', {});
  const availability = useRead('user.readAvailability', {});
  const isNew = profile.error?.status === 404;
  if ((profile.isPending && !isNew) || availability.isPending) {
    return (
      <Page title={say('profile.title')}>
        <Skeleton />
      </Page>
    );
  }
  const trouble = (isNew ? null : profile.error) ?? availability.error;
  if (trouble && !profile.data) {
    return (
      <Page title={say('profile.title')}>
        <ErrorState
          error={trouble}
          onRetry={() => {
            void profile.refetch();
            void availability.refetch();
          }}
        />
      </Page>
    );
  }
  return <Wizard profile={profile.data} availability={availability.data} />;
}

const stepOfField: Record<string, Step> = { displayName: 'name', placeId: 'place', travelRadiusKm: 'place', dayRate: 'place', skills: 'trade' };

function Wizard({ profile, availability }: { profile: WorkerProfile | undefined; availability: Availability | undefined }) {
  const { say, language } = useFormat();
  const [, go] = useLocation();
  const [step, setStep] = useState<Step>('trade');
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [draft, setDraft] = useState<Draft>(() => ({
    ...emptyDraft,
    ...(profile && draftOf(profile)),
    // A calendar that nobody has touched starts with the usual week.
    ...(profile && availability && { weekly: availability.weekly, exceptions: Object.fromEntries(availability.exceptions.map(({ date, free }) => [date, free])) }),
  }));
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const { toasts } = useParts();
  const saveProfile = useWrite('user.saveWorkerProfile', { renews: ['user.readWorkerProfile', 'user.readCards'] });
  const saveAvailability = useWrite('user.saveAvailability', { renews: ['user.readAvailability'] });
  const index = steps.indexOf(step);
  const found = faultOfStep(step, draft);
  const fault = tried && found ? say(found) : undefined;

  const save = async () => {
    setRefusal(undefined);
    try {
      await saveProfile.mutateAsync({ body: profileBody(draft, profile, language) });
      const exceptions = Object.entries(draft.exceptions).map(([date, free]) => ({ date, free }));
      await saveAvailability.mutateAsync({ body: { weekly: [...draft.weekly], exceptions } });
      toasts.toast(say('profile.saved'));
      // What is done with is not on the way back.
      go('/home', { replace: true });
    } catch (error) {
      const problem = asProblem(error);
      const first = problem.fields[0];
      setRefusal(first ? faultWords(first) : problemWords(problem));
      const at = first && stepOfField[(fieldOf(first) ?? '').split('.')[0] ?? ''];
      if (at) setStep(at);
    }
  };
  const next = () => {
    if (found) return setTried(true);
    setTried(false);
    const following = steps[index + 1];
    if (!following) return void save();
    setStep(following);
    window.scrollTo(0, 0);
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        next();
      }}
    >
      <Page
        title={say(`profile.step_${step}`)}
        detail={say('profile.progress', { step: index + 1, steps: steps.length })}
        action={
          <div className="flex gap-2">
            {index > 0 && <Button onClick={() => setStep(steps[index - 1] ?? 'trade')}>{say('page.back')}</Button>}
            <Button type="submit" kind="primary" wide busy={saveProfile.isPending || saveAvailability.isPending}>
              {say(index === steps.length - 1 ? 'profile.save' : 'profile.next')}
            </Button>
          </div>
        }
      >
        <progress className="sr-only" value={index + 1} max={steps.length} aria-label={say('profile.progress', { step: index + 1, steps: steps.length })} />
        <FormRefusal words={refusal} />
        {step === 'trade' && <TradeStep draft={draft} change={change} fault={fault} />}
        {step === 'place' && (
          <PlaceStep
            draft={draft}
            change={change}
            faults={{ place: found === 'profile.fault_place' ? fault : undefined, rate: found === 'profile.fault_rate' ? fault : undefined }}
          />
        )}
        {step === 'days' && <DaysStep draft={draft} change={change} booked={new Set(availability?.booked)} />}
        {step === 'name' && (
          <Field label={say('profile.name')} hint={say('profile.name_hint')} error={fault}>
            {(attributes) => <TextInput {...attributes} autoComplete="name" maxLength={80} value={draft.name} onChange={(event) => change({ name: event.target.value })} />}
          </Field>
        )}
      </Page>
    </form>
  );
}
