import Briefcase from 'lucide-react/icons/briefcase';
import ClipboardList from 'lucide-react/icons/clipboard-list';
import House from 'lucide-react/icons/house';
import MessageCircle from 'lucide-react/icons/message-circle';
import Search from 'lucide-react/icons/search';
import UserRound from 'lucide-react/icons/user-round';
import { useEffect, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useRead } from '../lib/api/queries';
import { useSay } from '../lib/i18n/text';
import type { Hat } from '../lib/session/hat';
import { BottomBar, type BarItem } from '../ui/bottom-bar';
import { useOnboarding } from './use-onboarding';

/** The main menu of the hat worn now, with the number of things that wait at each place, around a screen. */
export function Shell({ hat, children }: { hat: Hat; children: ReactNode }) {
  const say = useSay();
  const [location] = useLocation();
  const onboarding = useOnboarding();
  const unseen = useRead('notification.countUnseen', {});
  const invites = useRead('matching.listInvites', { query: { open: 'true', limit: 50 } }, { enabled: hat === 'worker' });
  const conversations = useRead('communication.listConversations', { query: { limit: 50 } });
  useEffect(() => {
    // `void`, in braces: newer browsers return a promise here, which React would take for a clean-up function.
    void window.scrollTo(0, 0);
  }, [location]);

  const chats: BarItem = {
    to: '/chats',
    label: say('bar.chats'),
    icon: MessageCircle,
    waiting: conversations.data?.items.filter(({ unread }) => unread > 0).length ?? 0,
  };
  const me: BarItem = { to: '/me', label: say('bar.me'), icon: UserRound, waiting: unseen.data?.unseen ?? 0 };
  const items: BarItem[] =
    hat === 'worker'
      ? [
          { to: '/home', label: say('bar.home'), icon: House, waiting: invites.data?.items.length ?? 0 },
          { to: '/work', label: say('bar.work'), icon: Briefcase },
          chats,
          me,
        ]
      : [
          { to: '/jobs', label: say('bar.jobs'), icon: ClipboardList },
          { to: '/find', label: say('bar.find'), icon: Search },
          chats,
          me,
        ];
  return (
    <div className={onboarding ? 'wide:ps-rail' : 'with-bar wide:ps-rail'}>
      <a href="#main" className="sr-only focus:not-sr-only">
        {say('page.skip')}
      </a>
      {children}
      {!onboarding && <BottomBar items={items} label={say('bar.label')} />}
    </div>
  );
}
