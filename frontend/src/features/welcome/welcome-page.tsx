import HardHat from 'lucide-react/icons/hard-hat';
import { lazy, Suspense, useState } from 'react';
import { useSay } from '../../lib/i18n/text';
import type { Language } from '../../lib/i18n/translations';
import { useParts } from '../../lib/parts';
import { Button, buttonClass, ButtonLink } from '../../ui/button';

/** Loaded late, because only a browser that looks at a demo shows it. */
const LookAround = lazy(async () => ({ default: (await import('./look-around')).LookAround }));

/** The name of each language is written in that language, so that everybody can read their own. */
const offered: ReadonlyArray<{ language: Language; name: 'language.hi' | 'language.en' }> = [
  { language: 'hi', name: 'language.hi' },
  { language: 'en', name: 'language.en' },
];

export function WelcomePage() {
  const say = useSay();
  const { translations } = useParts();
  const [chosen, setChosen] = useState(() => translations.chosen());
  const choose = (language: Language) => void translations.choose(language).then(() => setChosen(language));

  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-page flex-col justify-between gap-8 px-4 py-8 wide:justify-center">
      <div className="flex flex-col gap-6">
        <p className="flex items-center gap-2 text-22 font-bold">
          <HardHat aria-hidden className="size-icon-large" />
          Muster
        </p>
        <h1 className="text-36 font-bold">{say('welcome.title')}</h1>
        {chosen && (
          <ul className="flex flex-col gap-3 text-18">
            <li>{say('welcome.worker')}</li>
            <li>{say('welcome.contractor')}</li>
          </ul>
        )}
      </div>
      {chosen === null ? (
        <div className="flex flex-col gap-3" role="group" aria-label={say('language.choose')}>
          {offered.map(({ language, name }) => (
            <button key={language} type="button" lang={language} className={buttonClass('secondary', true)} onClick={() => choose(language)}>
              <span className="py-2 text-22 font-bold">{say(name)}</span>
            </button>
          ))}
        </div>
      ) : (
        <div className="flex flex-col gap-3">
          <ButtonLink to="/sign-up" kind="primary" wide>
            {say('welcome.start')}
          </ButtonLink>
          <ButtonLink to="/sign-in" wide>
            {say('welcome.sign_in')}
          </ButtonLink>
          <Suspense fallback={null}>
            <LookAround />
          </Suspense>
          <Button kind="quiet" wide onClick={() => choose(chosen === 'hi' ? 'en' : 'hi')}>
            <span lang={chosen === 'hi' ? 'en' : 'hi'}>{say(chosen === 'hi' ? 'language.en' : 'language.hi')}</span>
          </Button>
        </div>
      )}
    </main>
  );
}
