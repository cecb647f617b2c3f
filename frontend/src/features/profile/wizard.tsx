import { userSaveAvailabilityFields, userSaveWorkerProfileFields } from '../../lib/api/generated';
import { useFormat } from '../../lib/format/use-format';
import { usePayDoubt } from '../../lib/forms/day-pay';
import { useDraft } from '../../lib/forms/use-draft';
import { useForm } from '../../lib/forms/use-form';
import { Button } from '../../ui/button';
import { TextInput } from '../../ui/field';
import { FormField, FormFrame } from '../../ui/form';
import { FormRefusal } from '../../ui/form-refusal';
import { Page } from '../../ui/page';
import { DaysStep } from './days-step';
import { renewWorkerDraft, firstDraft, profileFields, shownIn, steps, type Availability, type Draft, type WorkerProfile } from './draft';
import { PlaceStep } from './place-step';
import { TradeStep } from './trade-step';
import { useSaveProfile } from './use-save-profile';
import { useSteps } from './use-steps';

interface WizardProps {
  profile: WorkerProfile | undefined;
  availability: Availability | undefined;
}

const rules = { ...userSaveWorkerProfileFields, ...userSaveAvailabilityFields };

export function Wizard({ profile, availability }: WizardProps) {
  const format = useFormat();
  const { say, today } = format;
  const { step, goTo, leave } = useSteps();
  const kept = useDraft<Draft>('worker', () => firstDraft(profile, availability), (known) => renewWorkerDraft(known, today));
  const form = useForm<Draft>({ rules, fields: profileFields(format), asked: shownIn[step], values: kept.first, keep: kept.keep });
  const doubtOf = usePayDoubt();
  const save = useSaveProfile(profile);
  const index = steps.indexOf(step);

  const submit = form.submit(async (draft) => {
    const doubt = step === 'place' ? doubtOf([draft.dayRate]) : undefined;
    if (doubt !== undefined) return form.refuse(doubt);
    const following = steps[index + 1];
    if (following) return goTo(following);
    try {
      await save(draft);
      kept.forget();
      leave('/home');
    } catch (error) {
      const [first = ''] = form.showRefusal(error);
      const at = steps.find((one) => shownIn[one].includes(first));
      if (at !== undefined && at !== step) goTo(at);
    }
  });

  return (
    <FormFrame form={form} onSubmit={submit}>
      <Page
        title={say(`profile.step_${step}`)}
        detail={say('profile.progress', { step: index + 1, steps: steps.length })}
        action={
          <>
            <FormRefusal words={form.refusal} />
            <div className="flex gap-2">
              {index > 0 && <Button onClick={() => goTo(steps[index - 1] ?? 'trade')}>{say('page.back')}</Button>}
              <Button type="submit" kind="primary" wide busy={form.formState.isSubmitting}>
                {say(index === steps.length - 1 ? 'profile.save' : 'profile.next')}
              </Button>
            </div>
          </>
        }
      >
        <progress className="sr-only" value={index + 1} max={steps.length} aria-label={say('profile.progress', { step: index + 1, steps: steps.length })} />
        {step === 'trade' && <TradeStep form={form} />}
        {step === 'place' && <PlaceStep form={form} />}
        {step === 'days' && <DaysStep form={form} booked={new Set(availability?.booked)} />}
        {step === 'name' && (
          <FormField form={form} name="name" label={say('profile.name')} hint={say('profile.name_hint')}>
            {(attributes, control) => <TextInput {...attributes} {...control} autoComplete="name" maxLength={80} />}
          </FormField>
        )}
      </Page>
    </FormFrame>
  );
}
