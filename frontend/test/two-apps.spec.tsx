/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { render, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Providers } from '../src/app/providers';
import { MePage } from '../src/features/account/me-page';
import { useProblemWords } from '../src/lib/api/problem-words';
import { openScreen } from './screen';
import { refusal } from './services';

/** What a screen says of an error, which it puts into words outside of its drawing. */
function Trouble() {
  const wordsFor = useProblemWords();
  return <p role="alert">{wordsFor(new Error('planted'))}</p>;
}

describe('two web apps in one page', () => {
  it('each speak their own language, and one that changes its own leaves the other’s', async () => {
    const answers = {
      'auth.readAccount': () => refusal('platform.unavailable'),
      'auth.listSessions': { items: [] },
      'notification.countUnseen': { unseen: 0 },
    };
    const [english, hindi] = [await openScreen(null, { at: '/me', as: ['worker'], answers }), await openScreen(null, { at: '/me', as: ['worker'], language: 'hi', answers })];
    const shown = [english, hindi].map(({ app }) => render(<Providers parts={app}><MePage /><Trouble /></Providers>).container);
    const [left, right] = shown.map((container) => within(container)) as [ReturnType<typeof within>, ReturnType<typeof within>];
    await left.findByRole('button', { name: 'Sign out' });
    await right.findByRole('button', { name: 'लॉग आउट करें' });
    expect(right.queryByRole('button', { name: 'Sign out' })).toBeNull();
    const alerts = () => shown.map((container) => within(container).getAllByRole('alert').at(-1)?.textContent ?? '');
    expect(alerts().map((words) => /[\u0900-\u097f]/.test(words))).toEqual([false, true]);

    await userEvent.setup({ delay: null }).click(right.getByRole('radio', { name: 'English' }));
    await right.findByRole('button', { name: 'Sign out' });
    await userEvent.setup({ delay: null }).click(left.getByRole('radio', { name: 'हिन्दी' }));
    await left.findByRole('button', { name: 'लॉग आउट करें' });
    await waitFor(() => expect(alerts().map((words) => /[\u0900-\u097f]/.test(words))).toEqual([true, false]));
    right.getByRole('button', { name: 'Sign out' });
    expect([english, hindi].map(({ storage }) => storage.read('language'))).toEqual(['hi', 'en']);
  });
});
