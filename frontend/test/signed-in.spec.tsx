/** @jest-environment jsdom */
import { afterEach, describe, expect, it } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { SignedIn } from '../src/app/signed-in';
import { openScreen } from './screen';
import { refusal, type Answers } from './services';

const answers: Answers = {
  'communication.takeSocketTicket': () => refusal('platform.unavailable'),
  'communication.listConversations': { items: [], nextCursor: null },
  'matching.listJobs': { items: [], nextCursor: null },
  'notification.countUnseen': { unseen: 0 },
};
const open = (at: string) => openScreen(<SignedIn />, { at, as: ['contractor'], answers });

afterEach(() => void Reflect.deleteProperty(window, 'requestIdleCallback'));

describe('the screens behind the sign-in', () => {
  it('are all fetched in advance, one whenever the page has nothing to do', async () => {
    let fetched = 0;
    const whenIdle = (work: () => void) => {
      fetched += 1;
      setTimeout(work);
    };
    Object.assign(window, { requestIdleCallback: whenIdle });
    await open('/jobs');
    await waitFor(() => expect(fetched).toBe(13));
  });

  it('show a contractor at the worker’s address their own first screen', async () => {
    for (const at of ['/home', '/work', '/invites/01900000-0000-7000-8000-000000000012']) {
      const { address, unmount } = await open(at);
      await screen.findByRole('heading', { name: 'Jobs' });
      expect(address()).toBe('/jobs');
      unmount();
    }
  });

  it('put the focus on the title of each screen that is gone to', async () => {
    const { user } = await open('/jobs');
    await screen.findByRole('heading', { name: 'Jobs' });
    for (const [tab, title] of [['Find', 'Find people'], ['Chats', 'Chats'], ['Jobs', 'Jobs']] as const) {
      await user.click(screen.getByRole('link', { name: tab }));
      const heading = await screen.findByRole('heading', { name: title, level: 1 });
      await waitFor(() => expect(document.activeElement).toBe(heading));
    }
  });
});
