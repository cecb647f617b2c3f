import Bell from 'lucide-react/icons/bell';
import LogOut from 'lucide-react/icons/log-out';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useRead, useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import type { Language } from '../../lib/i18n/translations';
import { useParts } from '../../lib/parts';
import type { Hat } from '../../lib/session/hat';
import { currentTheme, setTheme, themes, type Theme } from '../../lib/session/theme';
import { useHat, useMe } from '../../lib/session/use-session';
import { Button, ButtonLink } from '../../ui/button';
import { Page, Section } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { Chips } from '../../ui/switch';
import { Devices } from './devices';

const languageNames: ReadonlyArray<{ value: Language; name: 'language.hi' | 'language.en' }> = [
  { value: 'hi', name: 'language.hi' },
  { value: 'en', name: 'language.en' },
];

export function MePage() {
  const { say, language } = useFormat();
  const [, go] = useLocation();
  const { roles } = useMe();
  const hat = useHat();
  const { session, hats, storage, translations } = useParts();
  const [theme, showTheme] = useState(() => currentTheme(storage));
  const account = useRead('auth.readAccount', {});
  const unseen = useRead('notification.countUnseen', {});
  const signOut = useWrite('auth.signOut');
  const both = roles.includes('worker') && roles.includes('contractor');

  // This screen may be gone before the answer comes, so the navigation does not wait in one of its own callbacks.
  const leave = () => void session.leave(() => signOut.mutateAsync({})).then(() => go('/', { replace: true }));
  const change = (next: Hat) => {
    hats.wear(next);
    go(next === 'worker' ? '/home' : '/jobs');
  };
  const paint = (next: Theme) => {
    setTheme(storage, next);
    showTheme(next);
  };

  return (
    <Page title={say('me.title')}>
      {/* The line is kept before the address is known, so that nothing below it moves. */}
      <div className="one-line text-18">
        <Loaded read={account} skeleton={<span />}>
          {({ email }) => <p>{email}</p>}
        </Loaded>
      </div>
      <ButtonLink to="/notices" wide icon={<Bell aria-hidden className="size-icon" />}>
        {say('me.notices', { count: unseen.data?.unseen ?? 0 })}
      </ButtonLink>
      {both && hat && (
        <Section title={say('me.hat')}>
          <Chips
            one
            options={(['worker', 'contractor'] as const).map((value) => ({ value, label: say(`hats.${value}`) }))}
            selected={new Set([hat])}
            onToggle={change}
          />
        </Section>
      )}
      <div className="flex flex-col gap-2">
        {roles.includes('worker') && (
          <ButtonLink to="/profile" wide>
            {say('me.worker_profile')}
          </ButtonLink>
        )}
        {roles.includes('contractor') && (
          <ButtonLink to="/profile/contractor" wide>
            {say('me.contractor_profile')}
          </ButtonLink>
        )}
        <ButtonLink to="/hats" wide>
          {say('me.hats')}
        </ButtonLink>
      </div>
      <Section title={say('me.language')}>
        <Chips
          one
          options={languageNames.map(({ value, name }) => ({ value, label: say(name) }))}
          selected={new Set([language])}
          onToggle={(next) => void translations.choose(next)}
        />
      </Section>
      <Section title={say('me.theme')}>
        <Chips one options={themes.map((value) => ({ value, label: say(`theme.${value}`) }))} selected={new Set([theme])} onToggle={paint} />
      </Section>
      <Button wide busy={signOut.isPending} icon={<LogOut aria-hidden className="size-icon" />} onClick={leave}>
        {say('me.sign_out')}
      </Button>
      <Devices />
    </Page>
  );
}
