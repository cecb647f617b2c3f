import type { Answer } from '../../lib/api/client';
import { useProblemWords } from '../../lib/api/problem-words';
import { useRead, useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { useParts } from '../../lib/parts';
import { Button } from '../../ui/button';
import { Card, Tag } from '../../ui/card';
import { Section } from '../../ui/page';
import { Loaded, Skeleton } from '../../ui/states';

type Session = Answer<'auth.listSessions'>['items'][number];

/** How many devices are shown at once; the others are shown after a tap. */
const FIRST = 3;

/** Lists the devices on which the account is signed in; the sessions on other devices can be ended. */
export function Devices() {
  const { say } = useFormat();
  const sessions = useRead('auth.listSessions', {});
  return (
    <Section title={say('devices.title')}>
      <Loaded read={sessions} skeleton={<Skeleton cards={1} />}>
        {({ items }) => {
          const sorted = [...items.filter(({ current }) => current), ...items.filter(({ current }) => !current)];
          const rest = sorted.slice(FIRST);
          return (
            <>
              {sorted.slice(0, FIRST).map((session) => (
                <Device key={session.sessionId} session={session} />
              ))}
              {rest.length > 0 && (
                <details>
                  <summary className="flex min-h-touch items-center font-medium underline underline-offset-4">{say('devices.more', { count: rest.length })}</summary>
                  <div className="flex flex-col gap-3">
                    {rest.map((session) => (
                      <Device key={session.sessionId} session={session} />
                    ))}
                  </div>
                </details>
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Device({ session }: { session: Session }) {
  const { say, moment } = useFormat();
  const { toasts } = useParts();
  const wordsFor = useProblemWords();
  const end = useWrite('auth.endSession', { renews: ['auth.listSessions'] });
  return (
    <Card as="div">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0 grow basis-words">
          <p className="font-medium">{session.device ?? say('devices.unknown')}</p>
          <p className="text-14 text-ink-soft">{say('devices.last', { moment: moment(session.lastUsedAt) })}</p>
        </div>
        {session.current ? (
          <Tag tone="good">{say('devices.this')}</Tag>
        ) : (
          <Button
            busy={end.isPending}
            onClick={() => end.mutate({ params: { sessionId: session.sessionId } }, { onError: (error) => toasts.toast(wordsFor(error)) })}
          >
            {say('devices.end')}
          </Button>
        )}
      </div>
    </Card>
  );
}
