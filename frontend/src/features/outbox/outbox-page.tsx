import { useRead } from '../../lib/api/queries';
import { useFormat } from '../../lib/format/use-format';
import { Card } from '../../ui/card';
import { Page } from '../../ui/page';
import { EmptyState, Loaded } from '../../ui/states';

/** Shows the mail that this Muster has kept because it has no mail provider. Only a browser on the same machine may read it. */
export function OutboxPage() {
  const { say, moment } = useFormat();
  const mails = useRead('auth.readDevOutbox', {}, { everyMs: 2000 });
  return (
    <Page title={say('outbox.title')} detail={say('outbox.detail')} back="/">
      <Loaded read={mails}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={say('outbox.none')}>{say('outbox.none_detail')}</EmptyState>
          ) : (
            items.map((mail) => (
              <Card key={`${mail.to} ${mail.sentAt}`} as="article">
                <p className="text-14 text-ink-soft">
                  {mail.to} · <time dateTime={mail.sentAt}>{moment(mail.sentAt)}</time>
                </p>
                <h2 className="text-18 font-bold">{mail.subject}</h2>
                <p className="whitespace-pre-line">{mail.body}</p>
              </Card>
            ))
          )
        }
      </Loaded>
    </Page>
  );
}
