/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { Route } from 'wouter';
import { CodePage } from '../src/features/account/code-page';
import { SignUpPage } from '../src/features/account/sign-up-page';
import { NOW, ME, openScreen } from './screen';
import { refusal, type Answers } from './services';

const pages = (
  <>
    <Route path="/sign-up" component={SignUpPage} />
    <Route path="/sign-up/code" component={CodePage} />
  </>
);
const terminal = { 'auth.readTerminal': { isOpen: false, keepsMail: false, guests: [] } } satisfies Answers;
const accepted = { ...terminal, 'auth.signUp': { codeLength: 6, validForSeconds: 600 } } satisfies Answers;
const granted = { accessToken: 'token', expiresAt: new Date(NOW + 300_000).toISOString(), personId: ME, sessionId: ME, roles: [] };

async function fillIn(user: Awaited<ReturnType<typeof openScreen>>['user'], day = '17', month = '5'): Promise<void> {
  await user.type(await screen.findByLabelText('E-mail'), ' ramesh@example.in ');
  await user.type(screen.getByLabelText('Password'), 'three words together');
  await user.type(screen.getByLabelText('Day'), day);
  await user.type(screen.getByLabelText('Month'), month);
  await user.type(screen.getByLabelText('Year'), '1990');
  await user.click(screen.getByRole('button', { name: 'Send me a code' }));
}

describe('signing up', () => {
  it('asks for a code with what was typed, and signs in with the code', async () => {
    const { services, user, address, app } = await openScreen(pages, { at: '/sign-up', answers: { ...accepted, 'auth.confirmSignUp': granted } });
    await fillIn(user);
    await user.type(await screen.findByLabelText('6-digit code'), '123456');
    await waitFor(() => expect([address(), app.session.current().state]).toEqual(['/hats', 'signed-in']));
    expect(services.bodiesOf('auth.signUp')).toEqual([{ email: 'ramesh@example.in', password: 'three words together', dateOfBirth: '1990-05-17', locale: 'en' }]);
    expect(services.bodiesOf('auth.confirmSignUp')).toEqual([{ email: 'ramesh@example.in', code: '123456' }]);
  });

  it('sends a code once, though one digit more is typed while it is on its way', async () => {
    const { services, user, address } = await openScreen(pages, { at: '/sign-up', answers: { ...accepted, 'auth.confirmSignUp': granted } });
    await fillIn(user);
    await user.type(await screen.findByLabelText('6-digit code'), '1234567');
    await waitFor(() => expect(address()).toBe('/hats'));
    expect(services.bodiesOf('auth.confirmSignUp')).toEqual([{ email: 'ramesh@example.in', code: '123456' }]);
  });

  it('sends nothing before every field is right, says what is wrong at each and goes to the first', async () => {
    const { services, user } = await openScreen(pages, { at: '/sign-up', answers: accepted });
    await user.type(await screen.findByLabelText('E-mail'), 'ramesh');
    await user.type(screen.getByLabelText('Password'), 'short');
    await user.click(screen.getByRole('button', { name: 'Send me a code' }));
    await screen.findByText('That does not look like an e-mail address.');
    screen.getByText('At least 10 characters.');
    expect(document.activeElement).toBe(screen.getByLabelText('E-mail'));
    expect(services.sent).toEqual([]);
  });

  it('takes no day that never was', async () => {
    const { services, user } = await openScreen(pages, { at: '/sign-up', answers: accepted });
    await fillIn(user, '31', '2');
    await screen.findByText('There is no such day. Please check it.');
    expect(document.activeElement).toBe(screen.getByLabelText('Day'));
    expect(services.sent).toEqual([]);
  });

  it('puts what the service refuses at its field, and keeps what was typed', async () => {
    const answers = { ...terminal, 'auth.signUp': () => refusal('platform.invalid_request', { '/body/password': 'too_small' }) };
    const { user } = await openScreen(pages, { at: '/sign-up', answers });
    await fillIn(user);
    await screen.findByText('This is too short or too small.');
    expect(document.activeElement).toBe(screen.getByLabelText('Password'));
    expect((screen.getByLabelText('E-mail') as HTMLInputElement).value.trim()).toBe('ramesh@example.in');
  });

  it('says in words for the whole form what belongs to no field', async () => {
    const { user } = await openScreen(pages, { at: '/sign-up', answers: { ...terminal, 'auth.signUp': () => refusal('auth.under_age') } });
    await fillIn(user);
    await screen.findByText('Muster is for people of 18 and over.');
  });

  it('says so when the code is not right, and signs nobody in', async () => {
    const { user, app } = await openScreen(pages, { at: '/sign-up', answers: { ...accepted, 'auth.confirmSignUp': () => refusal('auth.code_not_right') } });
    await fillIn(user);
    await user.type(await screen.findByLabelText('6-digit code'), '000000');
    await screen.findByText(/That code is not right/);
    expect(app.session.current().state).toBe('signed-out');
  });

  it('says what is wrong in Hindi to who chose Hindi', async () => {
    const { services, user } = await openScreen(pages, { at: '/sign-up', answers: accepted, language: 'hi' });
    await user.click(await screen.findByRole('button'));
    expect((await screen.findAllByText('यह भरें')).length).toBeGreaterThan(0);
    expect(services.sent).toEqual([]);
  });
});
