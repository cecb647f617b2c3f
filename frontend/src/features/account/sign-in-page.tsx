import { useLocation, useSearchParams } from 'wouter';
import { authSignInFields } from '../../lib/api/generated';
import { useWrite } from '../../lib/api/queries';
import { useForm } from '../../lib/forms/use-form';
import { useSay } from '../../lib/i18n/text';
import { useParts } from '../../lib/parts';
import { Button, ButtonLink } from '../../ui/button';
import { TextInput } from '../../ui/field';
import { FormField, FormFrame } from '../../ui/form';
import { FormRefusal } from '../../ui/form-refusal';
import { Page } from '../../ui/page';
import { emailField } from './email-field';

const empty = { email: '', password: '' };
const fields = { email: emailField, password: { of: 'password' } };

export function SignInPage() {
  const say = useSay();
  const [, go] = useLocation();
  const form = useForm({ rules: authSignInFields, fields, values: empty });
  const [query] = useSearchParams();
  const { session } = useParts();
  const signIn = useWrite('auth.signIn');
  const submit = form.submit(async ({ email, password }) => {
    try {
      session.begin(await signIn.mutateAsync({ body: { email: email.trim(), password } }));
      go(ownAddress(query.get('next')), { replace: true });
    } catch (error) {
      form.showRefusal(error);
    }
  });

  return (
    <FormFrame form={form} onSubmit={submit}>
      <Page
        title={say('sign_in.title')}
        back="/"
        action={
          <>
            <Button type="submit" kind="primary" wide busy={form.formState.isSubmitting}>
              {say('sign_in.submit')}
            </Button>
            <ButtonLink to="/sign-up" kind="quiet" wide>
              {say('sign_in.no_account')}
            </ButtonLink>
          </>
        }
      >
        {query.has('ended') && <p role="status">{say('problem.auth.signed_out')}</p>}
        <FormRefusal words={form.refusal} />
        <FormField form={form} name="email" label={say('account.email')}>
          {(attributes, control) => <TextInput {...attributes} {...control} type="email" inputMode="email" autoComplete="username" autoCapitalize="none" />}
        </FormField>
        <FormField form={form} name="password" label={say('account.password')}>
          {(attributes, control) => <TextInput {...attributes} {...control} type="password" autoComplete="current-password" />}
        </FormField>
      </Page>
    </FormFrame>
  );
}

/** The address to which the person was going before they were asked to sign in; never one of another origin. */
function ownAddress(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}
