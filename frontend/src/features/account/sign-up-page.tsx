import { useLocation } from 'wouter';
import { authSignUpFields } from '../../lib/api/generated';
import { useWrite } from '../../lib/api/queries';
import { deviceZone } from '../../lib/clock/device-zone';
import { useClock } from '../../lib/clock/use-clock';
import { plainDigits } from '../../lib/format/format';
import { useForm } from '../../lib/forms/use-form';
import { useSay } from '../../lib/i18n/text';
import { useLanguage } from '../../lib/i18n/translations';
import { useParts } from '../../lib/parts';
import { Button, ButtonLink } from '../../ui/button';
import { TextInput } from '../../ui/field';
import { FormField, FormFrame, FormGroup } from '../../ui/form';
import { FormRefusal } from '../../ui/form-refusal';
import { Page } from '../../ui/page';
import { bornOn } from './born-on';
import { emailField } from './email-field';

const empty = { email: '', password: '', born: { day: '', month: '', year: '' } };
type Born = typeof empty.born;

export function SignUpPage() {
  const say = useSay();
  const [, go] = useLocation();
  const clock = useClock();
  const locale = useLanguage();
  const { signingUp } = useParts();
  const signUp = useWrite('auth.signUp');
  const dateOf = ({ day, month, year }: Born) => bornOn(plainDigits(day), plainDigits(month), plainDigits(year), clock.today(deviceZone()));
  const form = useForm({
    rules: authSignUpFields,
    fields: {
      email: emailField,
      password: { of: 'password' },
      born: { of: 'dateOfBirth', sent: (typed) => dateOf(typed as Born), words: 'fault.date' },
    },
    values: empty,
  });
  const submit = form.submit(async ({ email, password, born }) => {
    const dateOfBirth = dateOf(born) ?? '';
    try {
      await signUp.mutateAsync({ body: { email: email.trim(), password, dateOfBirth, locale } });
      signingUp.remember(email.trim(), password, dateOfBirth);
      go('/sign-up/code', { replace: true });
    } catch (error) {
      form.showRefusal(error);
    }
  });

  return (
    <FormFrame form={form} onSubmit={submit}>
      <Page
        title={say('sign_up.title')}
        back="/"
        action={
          <>
            <Button type="submit" kind="primary" wide busy={form.formState.isSubmitting}>
              {say('sign_up.submit')}
            </Button>
            <ButtonLink to="/sign-in" kind="quiet" wide>
              {say('sign_up.has_account')}
            </ButtonLink>
          </>
        }
      >
        <FormRefusal words={form.refusal} />
        <FormField form={form} name="email" label={say('account.email')}>
          {(attributes, control) => <TextInput {...attributes} {...control} type="email" inputMode="email" autoComplete="email" autoCapitalize="none" />}
        </FormField>
        <FormField form={form} name="password" label={say('account.password')} hint={say('sign_up.password_hint')}>
          {(attributes, control) => <TextInput {...attributes} {...control} type="password" autoComplete="new-password" />}
        </FormField>
        <FormGroup form={form} name="born" label={say('sign_up.born')} hint={say('sign_up.born_hint')}>
          {({ value, onChange }, isWrong) => (
            <div className="flex flex-wrap gap-2">
              {(['day', 'month', 'year'] as const).map((part) => (
                <TextInput
                  key={part}
                  className="grow basis-picture"
                  aria-label={say(`sign_up.${part}`)}
                  aria-invalid={isWrong || undefined}
                  placeholder={say(`sign_up.${part}`)}
                  inputMode="numeric"
                  maxLength={part === 'year' ? 4 : 2}
                  autoComplete={`bday-${part}`}
                  value={value[part]}
                  onChange={(event) => onChange({ ...value, [part]: event.target.value })}
                />
              ))}
            </div>
          )}
        </FormGroup>
      </Page>
    </FormFrame>
  );
}
