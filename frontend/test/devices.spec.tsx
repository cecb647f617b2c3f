/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { MePage } from '../src/features/account/me-page';
import type { Answer } from '../src/lib/api/client';
import { id, WORKER } from './examples';
import { openScreen } from './screen';

type Session = Answer<'auth.listSessions'>['items'][number];
const sessions = Array.from({ length: 40 }, (_, index): Session => ({
  sessionId: id(100 + index), device: `Phone ${index + 1}`, current: index === 39, startedAt: '2026-11-01T06:00:00.000Z', lastUsedAt: '2026-11-30T05:00:00.000Z',
}));

describe('the devices on which somebody is signed in', () => {
  it('come below the way out, this one first, and beyond three only at a tap', async () => {
    const { user } = await openScreen(<MePage />, {
      at: '/me',
      as: ['worker'],
      answers: {
        'auth.listSessions': { items: sessions },
        'auth.readAccount': { personId: WORKER, email: 'ramesh@example.in', dateOfBirth: '1990-05-17', locale: 'en', roles: ['worker'], createdAt: '2026-11-01T06:00:00.000Z' },
        'notification.countUnseen': { unseen: 0 },
      },
    });
    const here = await screen.findByText('Phone 40');
    const signOut = screen.getByRole('button', { name: 'Sign out' });
    expect(signOut.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    const rest = screen.getByText('37 more').closest('details') as HTMLDetailsElement;
    expect(rest.open).toBe(false);
    expect(screen.getAllByText(/^Phone \d+$/).filter((device) => !rest.contains(device)).map(({ textContent }) => textContent)).toEqual(['Phone 40', 'Phone 1', 'Phone 2']);
    await user.click(screen.getByText('37 more'));
    expect(within(rest).getAllByText(/^Phone \d+$/)).toHaveLength(37);
  });
});
