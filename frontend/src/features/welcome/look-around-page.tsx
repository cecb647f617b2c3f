import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useWrite } from '../../lib/api/queries';
import { useSay } from '../../lib/i18n/text';
import { useParts } from '../../lib/parts';
import type { Hat } from '../../lib/session/hat';
import { ButtonLink } from '../../ui/button';
import { Page } from '../../ui/page';

/** Signs this browser in as somebody of the demo, and goes on to what they see. */
export function LookAroundPage({ as }: { as: Hat }) {
  const say = useSay();
  const [, go] = useLocation();
  const { session, hats } = useParts();
  const lookAround = useWrite('auth.lookAround', {
    onSuccess: (granted) => {
      session.begin(granted);
      hats.wear(as);
      go('/', { replace: true });
    },
  });
  // Asked once: in development React runs an effect twice, and each run would open a session.
  const asked = useRef(false);
  const { mutate } = lookAround;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    mutate({ body: { as } });
  }, [as, mutate]);

  return (
    <Page title={say(`welcome.look_around_${as}`)}>
      {lookAround.isError ? (
        <>
          <p role="alert">{say('welcome.look_around_refused')}</p>
          <ButtonLink to="/" wide>
            {say('page.back')}
          </ButtonLink>
        </>
      ) : (
        <p role="status">{say('state.loading')}</p>
      )}
    </Page>
  );
}
