/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { Suspense } from 'react';
import { Entrance } from '../src/app/entrance';
import { ME, NOW, openScreen } from './screen';

const granted = { accessToken: 'token', expiresAt: new Date(NOW + 300_000).toISOString(), personId: ME, sessionId: ME, roles: ['contractor' as const] };
const open = (at: string) =>
  openScreen(
    <Suspense>
      <Entrance SignedIn={() => <p>Behind the sign-in</p>} />
    </Suspense>,
    { at, answers: { 'auth.signIn': granted } },
  );

async function signIn({ user }: Awaited<ReturnType<typeof open>>): Promise<void> {
  await user.type(await screen.findByLabelText('E-mail'), 'ramesh@example.in');
  await user.type(screen.getByLabelText('Password'), 'three words together');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByText('Behind the sign-in');
}

describe('the entrance', () => {
  it('asks who follows a link to sign in, and then leads to where the link leads', async () => {
    const opened = await open('/invites/01900000-0000-7000-8000-000000000012?from=mail');
    await waitFor(() => expect(opened.address()).toBe('/sign-in?next=%2Finvites%2F01900000-0000-7000-8000-000000000012%3Ffrom%3Dmail'));
    await signIn(opened);
    expect(opened.address()).toBe('/invites/01900000-0000-7000-8000-000000000012?from=mail');
  });

  it('leads nowhere else than to an address of its own', async () => {
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example']) {
      const opened = await open(`/sign-in?next=${encodeURIComponent(next)}`);
      await signIn(opened);
      expect(opened.address()).toBe('/');
      opened.unmount();
    }
  });
});
