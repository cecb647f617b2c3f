import { useLocation } from 'wouter';
import { authSignUpFields } from '../../lib/api/generated';
import { useWrite } from '../../lib/api/queries';
import { deviceZone } from '../../lib/clock/device-zone';
import { useClock } from '../../lib/clock/use-clock';
import { plainDigits } from '../../lib/format/format';
import { useContractForm } from '../../lib/forms/use-contract-form';
import { spoken } from '../../lib/i18n/language';
import { useSay } from '../../lib/i18n/text';
import { useParts } from '../../lib/parts';
import { Button, ButtonLink } from '../../ui/button';
import { Field, TextInput } from '../../ui/field';
import { FormRefusal } from '../../ui/form-refusal';
import { Page } from '../../ui/page';
import { bornOn } from './born-on';

interface Values {
  email: string;
  password: string;
  day: string;
  month: string;
  year: string;
}

export function SignUpPage() {
  const say = useSay();
  const [, go] = useLocation();
  const form = useContractForm<Values>(authSignUpFields, { email: '', password: '', day: '', month: '', year: '' });
  const { signingUp } = useParts();
  const signUp = useWrite('auth.signUp');

  const clock = useClock();
  const submit = form.handleSubmit(async ({ email, password, day, month, year }) => {
    const dateOfBirth = bornOn(plainDigits(day), plainDigits(month), plainDigits(year), clock.today(deviceZone()));
    if (dateOfBirth === null) return form.setError('day', { message: say('fault.date') }, { shouldFocus: true });
    try {
      await signUp.mutateAsync({ body: { email: email.trim(), password, dateOfBirth, locale: spoken() } });
      signingUp.remember(email.trim(), password, dateOfBirth);
      go('/sign-up/code', { replace: true });
    } catch (error) {
      form.showRefusal(error);
    }
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Page
        title={say('sign_up.title')}
        back="/"
        action={
          <>
            <Button type="submit" kind="primary" wide busy={signUp.isPending}>
              {say('sign_up.submit')}
            </Button>
            <ButtonLink to="/sign-in" kind="quiet" wide>
              {say('sign_up.has_account')}
            </ButtonLink>
          </>
        }
      >
        <FormRefusal words={form.refusal} />
        <Field label={say('account.email')} error={form.fault('email')}>
          {(attributes) => <TextInput {...attributes} {...form.field('email')} type="email" inputMode="email" autoComplete="email" autoCapitalize="none" />}
        </Field>
        <Field label={say('account.password')} hint={say('sign_up.password_hint')} error={form.fault('password')}>
          {(attributes) => <TextInput {...attributes} {...form.field('password')} type="password" autoComplete="new-password" />}
        </Field>
        <fieldset className="flex flex-col gap-1" aria-describedby="born-below">
          <legend className="mb-1 font-medium">{say('sign_up.born')}</legend>
          <div className="flex flex-wrap gap-2">
            {(['day', 'month', 'year'] as const).map((part) => (
              <TextInput
                key={part}
                {...form.register(part)}
                className="grow basis-picture"
                aria-label={say(`sign_up.${part}`)}
                aria-invalid={form.fault('day') ? true : undefined}
                placeholder={say(`sign_up.${part}`)}
                inputMode="numeric"
                maxLength={part === 'year' ? 4 : 2}
                autoComplete={`bday-${part}`}
              />
            ))}
          </div>
          <p id="born-below" role={form.fault('day') ? 'alert' : undefined} className={`text-14 ${form.fault('day') ? 'font-medium text-bad' : 'text-ink-soft'}`}>
            {form.fault('day') ?? say('sign_up.born_hint')}
          </p>
        </fieldset>
      </Page>
    </form>
  );
}
