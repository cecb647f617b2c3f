import ChevronLeft from 'lucide-react/icons/chevron-left';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { shownWhen, useRead, useWrite } from '../../lib/api/queries';
import { keepReadUpTo } from '../../lib/chat/conversations';
import { readOlder, type Message } from '../../lib/chat/thread';
import { useFormat } from '../../lib/format/use-format';
import { useParts } from '../../lib/parts';
import { useNames } from '../../lib/people/people';
import { useMe } from '../../lib/session/use-session';
import { Button } from '../../ui/button';
import { MessageBubble, type MessageState } from '../../ui/message-bubble';
import { EmptyState, Loaded } from '../../ui/states';
import { useArrival } from '../../ui/use-arrival';
import { useVisible } from '../../ui/use-visible';
import { Composer } from './composer';
import { useJobOfChat } from './use-job-of-chat';
import { useThread } from './use-thread';

export function Conversation({ conversationId }: { conversationId: string }) {
  const { say } = useFormat();
  const { personId } = useMe();
  const { outbox, queries } = useParts();
  const params = { conversationId };
  const conversation = useRead('communication.readConversation', { params });
  const thread = useThread(conversationId);
  const others = conversation.data?.members.filter((member) => member !== personId) ?? [];
  const nameOf = useNames(others);
  const { job, isLoading } = useJobOfChat(conversation.data);
  // Drawn only when everything is there: quick messages that came later would push the text field down.
  const complete = !conversation.isPending && !thread.isPending && !isLoading;
  const name = others.map(nameOf).filter(Boolean).join(', ') || say('chats.somebody');
  const { mutate: markRead } = useWrite('communication.markRead', { onSuccess: (_, { body }) => keepReadUpTo(queries, conversationId, body.sequence) });
  const last = thread.data?.messages.at(-1)?.sequence ?? 0;
  const readUpTo = conversation.data?.readUpTo;
  const visible = useVisible();
  useEffect(() => {
    if (readUpTo !== undefined && last > readUpTo && visible) {
      markRead({ params: { conversationId }, body: { sequence: last } });
    }
  }, [conversationId, last, readUpTo, visible, markRead]);
  const heading = useArrival(name);

  const readByAll = Math.min(...(conversation.data?.readBy ?? []).map(({ sequence }) => sequence), Infinity);
  const closed = conversation.data !== undefined && !['open', 'requested'].includes(conversation.data.state);
  return (
    <main id="main" className="fill-screen mx-auto flex w-full max-w-page flex-col">
      <header className="sticky top-0 z-10 flex items-center gap-1 border-b border-line bg-surface px-4 py-2">
        <Link href="/chats" aria-label={say('page.back')} className="-ms-3 inline-flex size-touch items-center justify-center wide:hidden">
          <ChevronLeft aria-hidden className="size-icon-large" />
        </Link>
        <div className="flex min-h-touch min-w-0 flex-1 flex-col justify-center">
          <h1 ref={heading} tabIndex={-1} className="outline-none line-clamp-2 text-18 leading-tight font-bold">{name}</h1>
          {/* The line is kept before the job is known, so that nothing below it moves. */}
          <p className="min-h-6 text-14">
            {job && (
              <Link href={job.to} className="line-clamp-1 underline decoration-line underline-offset-4">
                {job.title} · {job.days}
              </Link>
            )}
          </p>
        </div>
      </header>
      <div className="flex flex-1 flex-col justify-end gap-3 px-4 py-4">
        <Loaded read={shownWhen(complete, thread)}>
          {({ messages }) => (
            <Messages conversationId={conversationId} messages={messages} me={personId} readByAll={Number.isFinite(readByAll) ? readByAll : 0} />
          )}
        </Loaded>
      </div>
      {!complete ? null : closed ? (
        <p className="border-t border-line p-4 text-ink-soft">{say('chats.closed')}</p>
      ) : (
        <Composer side={(thread.data?.messages.length ?? 0) < 6 ? (job?.side ?? null) : null} onSend={(text) => outbox.write(conversationId, text)} />
      )}
    </main>
  );
}

interface MessagesProps {
  conversationId: string;
  messages: readonly Message[];
  me: string;
  readByAll: number;
}

function Messages({ conversationId, messages, me, readByAll }: MessagesProps) {
  const { say } = useFormat();
  const parts = useParts();
  const { outbox } = parts;
  const end = useRef<HTMLLIElement>(null);
  const [reading, setReading] = useState(false);
  const arrived = new Set(messages.map(({ clientId }) => clientId));
  const waiting = useSyncExternalStore(outbox.subscribe, outbox.all).filter(
    (one) => one.person === me && one.conversationId === conversationId && !arrived.has(one.clientId),
  );
  const newest = `${messages.at(-1)?.sequence ?? 0} ${waiting.length}`;
  useLayoutEffect(() => {
    void end.current?.scrollIntoView({ block: 'end' });
  }, [newest]);
  useEffect(() => void outbox.flush(), [outbox]);
  const older = (messages[0]?.sequence ?? 1) > 1;

  if (messages.length === 0 && waiting.length === 0) return <EmptyState title={say('chats.nothing_yet')}>{say('chats.begin')}</EmptyState>;
  const stateOf = (message: Message): MessageState => (message.sequence <= readByAll ? 'read' : 'sent');
  return (
    <ol className="flex flex-col gap-2" aria-live="polite">
      {older && (
        <li className="self-center">
          <Button
            kind="quiet"
            busy={reading}
            onClick={() => {
              setReading(true);
              void readOlder(parts, conversationId).finally(() => setReading(false));
            }}
          >
            {say('chats.older')}
          </Button>
        </li>
      )}
      {messages.map((message) =>
        message.sender === me ? (
          <MessageBubble key={message.clientId} text={message.text} at={message.sentAt} mine state={stateOf(message)} />
        ) : (
          <MessageBubble key={message.clientId} text={message.text} at={message.sentAt} mine={false} />
        ),
      )}
      {waiting.map((one) => (
        <MessageBubble
          key={one.clientId}
          text={one.text}
          at={null}
          mine
          state={one.failed ? 'failed' : 'queued'}
          onRetry={() => outbox.retry(one.clientId)}
        />
      ))}
      <li ref={end} aria-hidden className="h-px" />
    </ol>
  );
}
