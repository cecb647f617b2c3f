import { useLocation, useSearchParams } from 'wouter';
import { authSignInFields } from '../../lib/api/generated';
import { useWrite } from '../../lib/api/queries';
import { useContractForm } from '../../lib/forms/use-contract-form';
import { useSay } from '../../lib/i18n/text';
import { useParts } from '../../lib/parts';
import { Button, ButtonLink } from '../../ui/button';
import { Field, TextInput } from '../../ui/field';
import { FormRefusal } from '../../ui/form-refusal';
import { Page } from '../../ui/page';

export function SignInPage() {
  const say = useSay();
  const [, go] = useLocation();
  const form = useContractForm<{ email: string; password: string }>(authSignInFields, { email: '', password: '' });
  const [query] = useSearchParams();
  const { session } = useParts();
  const signIn = useWrite('auth.signIn');
  const submit = form.handleSubmit(async ({ email, password }) => {
    try {
      session.begin(await signIn.mutateAsync({ body: { email: email.trim(), password } }));
      go(ownAddress(query.get('next')), { replace: true });
    } catch (error) {
      form.showRefusal(error);
    }
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Page
        title={say('sign_in.title')}
        back="/"
        action={
          <>
            <Button type="submit" kind="primary" wide busy={signIn.isPending}>
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
        <Field label={say('account.email')} error={form.fault('email')}>
          {(attributes) => <TextInput {...attributes} {...form.field('email')} type="email" inputMode="email" autoComplete="username" autoCapitalize="none" />}
        </Field>
        <Field label={say('account.password')} error={form.fault('password')}>
          {(attributes) => <TextInput {...attributes} {...form.field('password')} type="password" autoComplete="current-password" />}
        </Field>
      </Page>
    </form>
  );
}

/** Where the person was going before they were asked to sign in; never an address elsewhere. */
function ownAddress(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}
