import { useState } from 'react';
import { useFormat } from '../../lib/format/use-format';
import { useDraft } from '../../lib/forms/use-draft';
import { Button } from '../../ui/button';
import { Field, TextInput } from '../../ui/field';
import { useFirstFault } from '../../ui/first-fault';
import { FormRefusal } from '../../ui/form-refusal';
import { Page } from '../../ui/page';
import { DaysStep } from './days-step';
import { draftFrom, faultOfStep, firstDraft, payDoubt, steps, type Availability, type Draft, type WorkerProfile } from './draft';
import { PlaceStep } from './place-step';
import { TradeStep } from './trade-step';
import { useSaveProfile } from './use-save-profile';
import { useSteps } from './use-steps';

interface WizardProps {
  profile: WorkerProfile | undefined;
  availability: Availability | undefined;
}

export function Wizard({ profile, availability }: WizardProps) {
  const { say, money, today } = useFormat();
  const { step, goTo, leave } = useSteps();
  /** Counts the presses of Next that found something wrong; each leads to the first field at fault. */
  const [tries, setTries] = useState(0);
  const [doubted, setDoubted] = useState('');
  const { draft, change, forget } = useDraft<Draft>('worker', () => firstDraft(profile, availability), (kept) => draftFrom(kept, today));
  const index = steps.indexOf(step);
  const found = faultOfStep(step, draft);
  const fault = tries > 0 && found ? say(found) : undefined;
  const doubt = step === 'place' && found === null ? payDoubt(draft, say, money) : null;
  const { busy, refusal, save } = useSaveProfile({
    draft,
    profile,
    onSaved: () => {
      forget();
      leave('/home');
    },
    onFault: (at) => at !== step && goTo(at),
  });
  const doubting = tries > 0 && doubt !== null && (!doubt.passable || doubted === draft.dayRate);
  const words = doubting ? doubt.words : refusal;
  const form = useFirstFault(`${tries} ${refusal}`, fault !== undefined || words !== undefined);

  const next = () => {
    setTries(tries + 1);
    if (found) return;
    if (doubt && (!doubt.passable || doubted !== draft.dayRate)) return setDoubted(draft.dayRate);
    const following = steps[index + 1];
    if (!following) return void save();
    setTries(0);
    goTo(following);
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) next();
      }}
    >
      <Page
        title={say(`profile.step_${step}`)}
        detail={say('profile.progress', { step: index + 1, steps: steps.length })}
        action={
          <>
            <FormRefusal words={words} />
            <div className="flex gap-2">
              {index > 0 && <Button onClick={() => goTo(steps[index - 1] ?? 'trade')}>{say('page.back')}</Button>}
              <Button type="submit" kind="primary" wide busy={busy}>
                {say(index === steps.length - 1 ? 'profile.save' : 'profile.next')}
              </Button>
            </div>
          </>
        }
      >
        <progress className="sr-only" value={index + 1} max={steps.length} aria-label={say('profile.progress', { step: index + 1, steps: steps.length })} />
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
