import MessageCircle from 'lucide-react/icons/message-circle';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { usePages } from '../../lib/api/pages';
import { useFormat } from '../../lib/format/use-format';
import { useNames } from '../../lib/people/people';
import { useMe } from '../../lib/session/use-session';
import { Face } from '../../ui/crew-strip';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { EmptyState, Loaded } from '../../ui/states';
import { Conversation } from './conversation-page';

/** The list; where there is room, the chosen conversation stands beside it. */
export function ChatsPage({ conversationId }: { conversationId?: string }) {
  if (conversationId === undefined) {
    return (
      <ChatsTitle>
        <ChatsList />
      </ChatsTitle>
    );
  }
  return (
    <div className="wide:list-and-detail wide:grid">
      <aside className="no-scrollbar hidden h-dvh overflow-y-auto border-e border-line wide:sticky wide:top-0 wide:block">
        <ChatsTitle as="div">
          <ChatsList chosen={conversationId} />
        </ChatsTitle>
      </aside>
      <Conversation key={conversationId} conversationId={conversationId} />
    </div>
  );
}

function ChatsTitle({ children, as = 'page' }: { children: ReactNode; as?: 'page' | 'div' }) {
  const { say } = useFormat();
  if (as === 'page') return <Page title={say('chats.title')}>{children}</Page>;
  return (
    <div className="p-4">
      <p className="pb-4 text-22 font-bold">{say('chats.title')}</p>
      {children}
    </div>
  );
}

function ChatsList({ chosen }: { chosen?: string }) {
  const { say, shortMoment, number } = useFormat();
  const { personId } = useMe();
  const conversations = usePages('communication.listConversations');
  const others = (members: readonly string[]) => members.filter((member) => member !== personId);
  const nameOf = useNames(conversations.data?.flatMap(({ members }) => others(members)) ?? []);
  return (
    <>
    <Loaded read={conversations}>
      {(items) =>
        items.length === 0 ? (
          <EmptyState title={say('chats.none')} icon={<MessageCircle aria-hidden className="size-icon-large" />}>
            {say('chats.none_detail')}
          </EmptyState>
        ) : (
          <ul className="flex flex-col">
            {items.map((conversation) => {
              const name = others(conversation.members).map(nameOf).filter(Boolean).join(', ') || say('chats.somebody');
              const mine = conversation.lastMessage?.sender === personId;
              return (
                <li key={conversation.conversationId} className="border-b border-line">
                  <Link
                    href={`/chats/${conversation.conversationId}`}
                    aria-current={conversation.conversationId === chosen ? 'page' : undefined}
                    className="flex min-h-action items-center gap-3 rounded-small py-3 aria-[current]:bg-surface-raised"
                  >
                    <Face name={name} />
                    <span className="min-w-0 flex-1">
                      <span className="flex items-baseline justify-between gap-3">
                        <span className={`truncate ${conversation.unread > 0 ? 'font-bold' : 'font-medium'}`}>{name}</span>
                        <time className="shrink-0 text-14 text-ink-soft" dateTime={conversation.updatedAt}>
                          {shortMoment(conversation.updatedAt)}
                        </time>
                      </span>
                      <span className="flex items-center justify-between gap-3">
                        <span className="truncate text-ink-soft" dir="auto">
                          {conversation.lastMessage ? (mine ? say('chats.mine', { text: conversation.lastMessage.text }) : conversation.lastMessage.text) : say('chats.nothing_yet')}
                        </span>
                        {conversation.unread > 0 && (
                          <span className="figures flex min-w-6 shrink-0 justify-center rounded-round bg-accent px-2 text-14 font-bold text-accent-ink">
                            {number(conversation.unread)}
                          </span>
                        )}
                      </span>
                    </span>
                  </Link>
                </li>
              );
            })}
          </ul>
        )
      }
    </Loaded>
    <More read={conversations} />
    </>
  );
}
