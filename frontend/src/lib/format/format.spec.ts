import { describe, expect, it } from '@jest/globals';
import enApp from '../../../messages/en/app.json';
import en from '../../../messages/en/core.json';
import hiApp from '../../../messages/hi/app.json';
import hi from '../../../messages/hi/core.json';
import type { MessageId } from '../i18n/generated/message-id';
import { clock, clockOf, date, money, number, onDay, paiseOf, plainDigits, spokenDay, spokenDays, timeLeft } from './format';

const words = { en: { ...en, ...enApp } as Record<string, string>, hi: { ...hi, ...hiApp } as Record<string, string> };

/** The words with their values put in; enough for messages without plurals. */
function saying(language: 'en' | 'hi') {
  return (id: MessageId, values: Record<string, string | number> = {}) =>
    (words[language][id] ?? id).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
const english = saying('en');
const hindi = saying('hi');

describe('money', () => {
  it('groups by lakh and says paise only where there are some', () => {
    expect(money(12_000_000, 'en')).toBe('₹1,20,000');
    expect(money(12_000_000, 'hi')).toBe('₹1,20,000');
    expect(money(95_050, 'en')).toBe('₹950.50');
  });
  it('reads amounts as people type them', () => {
    expect(paiseOf('1,200')).toBe(120_000);
    expect(paiseOf('₹ ९५०')).toBe(95_000);
    expect(paiseOf('950.5')).toBe(95_050);
    expect(paiseOf('about 900')).toBeNull();
    expect(paiseOf('-5')).toBeNull();
    expect(paiseOf('')).toBeNull();
  });
  it('writes a real minus', () => expect(number(-10.3, 'en')).toBe('−10.3'));
});

describe('plainDigits', () => {
  it('reads the digits of every script of the country', () => {
    expect(plainDigits('०१२३४५६७८९')).toBe('0123456789');
    expect(plainDigits('০৯ ੧੨ ૩૪ ୫୬ ௭௮ ౯౦ ೧೨ ൩൪')).toBe('09 12 34 56 78 90 12 34');
    expect(plainDigits('code 12')).toBe('code 12');
  });
});

describe('civil dates', () => {
  it('says near days by name and others by weekday and date', () => {
    expect(spokenDay('2026-11-22', '2026-11-22', 'en', english)).toBe('today');
    expect(spokenDay('2026-11-23', '2026-11-22', 'hi', hindi)).toBe('कल');
    expect(spokenDay('2026-11-30', '2026-11-22', 'en', english)).toBe('Mon, 30 Nov');
  });
  it('writes the day of an appointment out as it is spoken', () => {
    expect(onDay('2026-12-01', '2026-11-22', 'hi', hindi)).toBe('मंगलवार, 1 दिसंबर को');
    expect(onDay('2026-11-23', '2026-11-22', 'hi', hindi)).toBe('कल');
    expect(onDay('2026-12-01', '2026-11-22', 'en', english)).toBe('Tuesday, 1 December');
  });
  it('says a run of days by its ends and loose days one by one', () => {
    expect(spokenDays(['2026-11-24', '2026-11-23', '2026-11-25'], '2026-11-22', 'en', english)).toBe('tomorrow to Wed, 25 Nov');
    expect(spokenDays(['2026-11-24', '2026-11-27'], '2026-11-22', 'en', english)).toBe('24 Nov and 27 Nov');
    expect(spokenDays(['2026-11-24', '2026-11-26', '2026-11-28', '2026-11-30'], '2026-11-22', 'en', english)).toBe('4 days, 24 Nov to 30 Nov');
    expect(spokenDays([], '2026-11-22', 'en', english)).toBe('');
  });
  it('keeps Latin digits in Hindi', () => expect(date('2026-11-09', 'day-month', 'hi')).toMatch(/^9 /));
});

describe('clock', () => {
  it('says the part of the day', () => {
    expect(clock('09:00', hindi)).toBe('सुबह 9 बजे');
    expect(clock('13:30', hindi)).toBe('दोपहर 1:30 बजे');
    expect(clock('18:00', hindi)).toBe('शाम 6 बजे');
    expect(clock('21:00', hindi)).toBe('रात 9 बजे');
    expect(clock('00:05', english)).toBe('12:05 am');
    expect(clock('12:00', english)).toBe('12 pm');
  });
});

describe('timeLeft', () => {
  it('names two units at most and never less than nothing', () => {
    expect(timeLeft(-5, english)).toBe('0 min left');
    expect(timeLeft(59 * 60_000, english)).toBe('59 min left');
    expect(timeLeft(60 * 60_000, english)).toBe('1 h left');
    expect(timeLeft(190 * 60_000, english)).toBe('3 h 10 min left');
  });
});

describe('clockOf', () => {
  it('says the time of the site, wherever the phone is', () => {
    expect(clockOf('2026-11-29T03:30:00Z', 'Asia/Kolkata', english)).toBe('9 am');
    expect(clockOf('2026-11-29T03:30:00Z', 'Asia/Singapore', english)).toBe('11:30 am');
  });
});
