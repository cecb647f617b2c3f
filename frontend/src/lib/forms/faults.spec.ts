import { describe, expect, it } from '@jest/globals';
import { setupI18n } from '@lingui/core';
import { ProblemError } from '../api/problem-error';
import { messages as app } from '../i18n/generated/en.app';
import { messages as core } from '../i18n/generated/en.core';
import { wordsOf } from '../i18n/text';
import { faultsOf } from './faults';

const words = wordsOf(setupI18n({ locale: 'en', messages: { en: { ...core, ...app } } }));
const at = (pointer: string, code = 'too_small') => ({ pointer, message: '', code });
const shownAs = (field: string) => (field.startsWith('lines.0.days') ? 'days' : field === 'title' ? 'title' : null);

describe('faultsOf', () => {
  it('puts a fault inside a list at the field that shows the list, in the words for its cause', () => {
    const refused = new ProblemError('matching.day_in_the_past', 422, { errors: [at('/body/lines/0/days/0', 'day_in_the_past')] });
    expect(faultsOf(refused, shownAs, words).fields).toEqual({ days: 'Work on this day has begun already.' });
  });
  it('always has words for the whole form, also for what the form shows nowhere', () => {
    const refused = new ProblemError('platform.invalid_request', 400, { errors: [at('/body/radiusKm'), at('/query/limit')] });
    expect(faultsOf(refused, shownAs, words)).toEqual({ fields: {}, form: 'Something here needs another look.' });
    expect(faultsOf(new ProblemError('network', 0), shownAs, words).form).toMatch(/We can’t reach Muster/);
  });
  it('keeps the first of several faults of a field', () => {
    const refused = new ProblemError('platform.invalid_request', 400, { errors: [at('/body/title'), at('/body/title', 'too_big')] });
    expect(faultsOf(refused, shownAs, words).fields).toEqual({ title: 'This is too short or too small.' });
  });
});
