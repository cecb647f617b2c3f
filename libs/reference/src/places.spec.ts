import { describe, expect, it } from '@jest/globals';
import { place, places } from './places';
import { searchPlaces } from './place-search';
import { beginsAlmost, soundKey } from './sound-key';

const NAGPUR = '1262180';
const names = (text: string, limit = 5) => searchPlaces(text, limit).map(({ name }) => name);

describe('places', () => {
  it('knows a place by its id', () => {
    expect(place(NAGPUR)).toMatchObject({
      name: 'Nagpur', nameHi: 'नागपुर', area: 'Maharashtra', country: 'IN', zone: 'Asia/Kolkata',
    });
    expect(place('1')).toBeUndefined();
  });

  it('has a point, a zone that exists and a unique id for every place', () => {
    const all = [...places()];
    expect(all.length).toBeGreaterThan(4000);
    for (const zone of new Set(all.map((one) => one.zone))) new Intl.DateTimeFormat('en', { timeZone: zone });
    for (const { id, point, population, area } of all) {
      expect(id).toMatch(/^[1-9]\d{0,9}$/);
      expect(Math.abs(point.latitude)).toBeLessThanOrEqual(90);
      expect(Math.abs(point.longitude)).toBeLessThanOrEqual(180);
      expect(population).toBeGreaterThan(0);
      expect(area).not.toBe('');
    }
  });

  it('is sorted by population', () => {
    const populations = [...places()].map(({ population }) => population);
    expect(populations).toEqual([...populations].sort((a, b) => b - a));
  });
});

describe('searching places', () => {
  it.each([
    ['ayodhya', 'Ajodhya'], ['nagp', 'Nagpur'], ['नागप', 'Nagpur'], ['Nagpoor', 'Nagpur'], ['मुंबई', 'Mumbai'], ['mumb', 'Mumbai'],
    ['Bombay', 'Mumbai'], ['Bangalore', 'Bengaluru'], ['Bengaluru', 'Bengaluru'], ['बंगलौर', 'Bengaluru'],
    ['दिल्ली', 'Delhi'], ['dilli', 'Delhi'], ['पुणे', 'Pune'], ['poona', 'Pune'], ['जयपुर', 'Jaipur'],
    ['इंदौर', 'Indore'], ['हैदराबाद', 'Hyderabad'], ['लखनऊ', 'Lucknow'], ['कोलकाता', 'Kolkata'], ['ठाणे', 'Thane'],
    ['गुड़गांव', 'Gurgaon'], ['gurugram', 'Gurgaon'], ['prayagraj', 'Allahabad'], ['वर्धा', 'Wardha'], ['अयोध्या', 'Ajodhya'],
    ['chennia', 'Chennai'], ['Jabbalpur', 'Jabalpur'], ['Naagpur', 'Nagpur'],
  ])('finds %s as %s', (text, name) => {
    expect(names(text)[0]).toBe(name);
  });

  it('puts places that begin so before those that merely contain the word', () => {
    expect(names('mumbai').slice(0, 2)).toEqual(['Mumbai', 'Navi Mumbai']);
  });

  it('answers with no more than asked for, no place twice', () => {
    const found = searchPlaces('a', 20);
    expect(found).toHaveLength(20);
    expect(new Set(found).size).toBe(20);
  });

  it.each(['', '   ', '!!', '123', '中'])('finds nothing for %j', (text) => {
    expect(searchPlaces(text)).toEqual([]);
  });

  it('gives the two scripts one key', () => {
    for (const [hindi, latin] of [['नागपुर', 'Nagpur'], ['भोपाल', 'Bhopal'], ['फ़रीदाबाद', 'Faridabad'], ['अलीगढ़', 'Aligarh']] as const)
      expect(soundKey(hindi)).toBe(soundKey(latin));
  });

  it('forgives one letter and not two', () => {
    expect(beginsAlmost('nagpur', 'nahp')).toBe(true);
    expect(beginsAlmost('nagpur', 'nagxp')).toBe(true);
    expect(beginsAlmost('nagpur', 'ngpu')).toBe(true);
    expect(beginsAlmost('nagpur', 'nhpp')).toBe(false);
  });
});
