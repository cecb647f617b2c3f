import { useRead, useWrite } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { Button } from '../../ui/button';
import { Card, Tag } from '../../ui/card';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/states';

/** Where the account is signed in, and a way to end that elsewhere. */
export function Devices() {
  const { say, moment } = useFormat();
  const sessions = useRead('auth.listSessions', {});
  const end = useWrite('auth.endSession', { renews: ['auth.listSessions'] });
  return (
    <Section title={say('devices.title')}>
      <Loaded read={sessions}>
        {({ items }) =>
          items.map((session) => (
            <Card key={session.sessionId} as="div">
              <div className="flex flex-wrap items-center justify-between gap-3">
                <div className="min-w-0 grow basis-words">
                  <p className="font-medium">{session.device ?? say('devices.unknown')}</p>
                  <p className="text-14 text-ink-soft">{say('devices.last', { moment: moment(session.lastUsedAt) })}</p>
                </div>
                {session.current ? (
                  <Tag tone="good">{say('devices.this')}</Tag>
                ) : (
                  <Button
                    busy={end.isPending && end.variables.params.sessionId === session.sessionId}
                    onClick={() => end.mutate({ params: { sessionId: session.sessionId } })}
                  >
                    {say('devices.end')}
                  </Button>
                )}
              </div>
            </Card>
          ))
        }
      </Loaded>
    </Section>
  );
}
