import { Redirect, useLocation } from 'wouter';
import { authConfirmSignUpFields } from '../../lib/api/generated';
import { useWrite } from '../../lib/api/queries';
import { plainDigits } from '../../lib/format/format';
import type { ContractFields } from '../../lib/forms/contract-fields';
import { useForm } from '../../lib/forms/use-form';
import { useSay } from '../../lib/i18n/text';
import { useLanguage } from '../../lib/i18n/translations';
import { useParts } from '../../lib/parts';
import { useTerminal } from '../../lib/session/terminal';
import { Button, ButtonLink, buttonClass } from '../../ui/button';
import { TextInput } from '../../ui/field';
import { FormField, FormFrame } from '../../ui/form';
import { FormRefusal } from '../../ui/form-refusal';
import { Page } from '../../ui/page';

const empty = { code: '' };
const fields = { code: { of: 'code', words: 'code.six' } } satisfies ContractFields;

export function CodePage() {
  const say = useSay();
  const [, go] = useLocation();
  const { session, toasts, signingUp } = useParts();
  const email = signingUp.email();
  const again = signingUp.again();
  const locale = useLanguage();
  const terminal = useTerminal();
  const confirm = useWrite('auth.confirmSignUp');
  const resend = useWrite('auth.signUp');
  const form = useForm({ rules: authConfirmSignUpFields, fields, values: empty });
  const submit = form.submit(async ({ code }) => {
    try {
      session.begin(await confirm.mutateAsync({ body: { email, code } }));
      signingUp.forget();
      go('/hats', { replace: true });
    } catch (error) {
      form.showRefusal(error);
    }
  });

  if (email === '') return <Redirect to="/sign-up" replace />;
  return (
    <FormFrame form={form} onSubmit={submit}>
      <Page
        title={say('code.title')}
        detail={say('code.sent', { email })}
        back="/sign-up"
        action={
          <Button type="submit" kind="primary" wide busy={form.formState.isSubmitting}>
            {say('code.submit')}
          </Button>
        }
      >
        <FormRefusal words={form.refusal} />
        <FormField form={form} name="code" label={say('code.label')} hint={say('code.hint')}>
          {(attributes, control) => (
            <TextInput
              {...attributes}
              {...control}
              autoFocus
              className="figures text-center text-28 font-bold"
              inputMode="numeric"
              autoComplete="one-time-code"
              onChange={(event) => {
                const digits = plainDigits(event.target.value).replace(/\D/g, '').slice(0, 6);
                control.onChange(digits);
                // The sixth digit submits the form.
                if (digits.length === 6) submit();
              }}
            />
          )}
        </FormField>
        {terminal.keepsMail && (
          <div className="flex flex-col gap-2 rounded-large border border-dashed border-line p-4">
            <p className="text-14 text-ink-soft">{say('code.outbox_hint')}</p>
            {terminal.isOpen ? (
              <a href="/dev/outbox" target="_blank" rel="noreferrer" className={buttonClass('secondary')}>
                {say('code.outbox')}
              </a>
            ) : (
              <p>{say('code.outbox_closed')}</p>
            )}
          </div>
        )}
        {again ? (
          <Button
            kind="quiet"
            busy={resend.isPending}
            onClick={() =>
              resend.mutate(
                { body: { email, ...again, locale } },
                { onSuccess: () => toasts.toast(say('code.resent')), onError: form.showRefusal },
              )
            }
          >
            {say('code.again')}
          </Button>
        ) : (
          <ButtonLink to="/sign-up" kind="quiet">
            {say('code.again')}
          </ButtonLink>
        )}
      </Page>
    </FormFrame>
  );
}
