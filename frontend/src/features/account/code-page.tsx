import { useState } from 'react';
import { Redirect, useLocation } from 'wouter';
import { asProblem } from '../../lib/api/problem-error';
import { problemWords } from '../../lib/api/problem-words';
import { useWrite } from '../../lib/api/queries';
import { plainDigits } from '../../lib/format/format';
import { spoken } from '../../lib/i18n/language';
import { useSay } from '../../lib/i18n/text';
import { useParts } from '../../lib/parts';
import { useTerminal } from '../../lib/session/terminal';
import { Button, ButtonLink, buttonClass } from '../../ui/button';
import { Field, TextInput } from '../../ui/field';
import { Page } from '../../ui/page';

export function CodePage() {
  const say = useSay();
  const [, go] = useLocation();
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<string>();
  const { session, toasts, signingUp } = useParts();
  const email = signingUp.email();
  const again = signingUp.again();
  const terminal = useTerminal();
  const confirm = useWrite('auth.confirmSignUp');
  const resend = useWrite('auth.signUp');

  if (email === '') return <Redirect to="/sign-up" replace />;

  const send = async (typed: string) => {
    setFault(undefined);
    try {
      session.begin(await confirm.mutateAsync({ body: { email, code: typed } }));
      signingUp.forget();
      go('/hats', { replace: true });
    } catch (error) {
      setFault(problemWords(asProblem(error)));
    }
  };
  const type = (text: string) => {
    const digits = plainDigits(text).replace(/\D/g, '').slice(0, 6);
    setCode(digits);
    if (digits.length === 6 && !confirm.isPending) void send(digits);
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (code.length === 6) void send(code);
        else setFault(say('code.six'));
      }}
    >
      <Page
        title={say('code.title')}
        detail={say('code.sent', { email })}
        back="/sign-up"
        action={
          <Button type="submit" kind="primary" wide busy={confirm.isPending}>
            {say('code.submit')}
          </Button>
        }
      >
        <Field label={say('code.label')} hint={say('code.hint')} error={fault}>
          {(attributes) => (
            <TextInput
              {...attributes}
              autoFocus
              className="figures text-center text-28 font-bold"
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => type(event.target.value)}
            />
          )}
        </Field>
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
                { body: { email, ...again, locale: spoken() } },
                { onSuccess: () => toasts.toast(say('code.resent')), onError: (error) => setFault(problemWords(error)) },
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
    </form>
  );
}
