import { describe, expect, it } from '@jest/globals';
import { beginsAlmost } from './name-search';
import { placesNear, searchPlaces } from './place-search';
import { localities, place, placeLabel, places } from './places';
import { soundKey } from './sound-key';

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
    const all = [...places(), ...localities()];
    expect(all.length).toBeGreaterThan(19_000);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
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
    const populations = places().map(({ population }) => population);
    expect(populations).toEqual([...populations].sort((a, b) => b - a));
  });
});

describe('localities', () => {
  it('lie within 40 km of their town, each with one PIN code and a label that says which town', () => {
    for (const one of localities()) {
      const { point, town } = one;
      const away = town && Math.hypot((point.latitude - town.point.latitude) * 111.2, (point.longitude - town.point.longitude) * 111.2 * Math.cos((point.latitude * Math.PI) / 180));
      expect(away).toBeLessThanOrEqual(40.1);
      expect(one.pins).toEqual([one.id.slice(0, 6)]);
      expect(one.id).toMatch(/^[1-9]\d{8}$/);
      expect(placeLabel(one)).toBe(`${one.name}, ${town?.name}`);
    }
  });

  it('are in the states in which their towns are', () => {
    expect(place('440012848')).toMatchObject({ name: 'Dhantoli', area: 'Nagpur, Maharashtra', areaHi: 'नागपुर, महाराष्ट्र', country: 'IN' });
    expect(places().filter(({ country, areaHi }) => country === 'IN' && areaHi === null)).toEqual([]);
  });

  it.each([
    ['dhantoli', 'Dhantoli'], ['sitabuldi', 'Sitabuldi'], ['whitefield', 'Whitefield'], ['karol bagh', 'Karol Bagh'], ['andheri east', 'Andheri East'],
    ['dhantoli nagpur', 'Dhantoli'],
  ])('are found by %s', (text, name) => expect(names(text)[0]).toBe(name));

  it('are found by their PIN code, with a space in it, from its fourth digit on and in Devanagari', () => {
    const found = names('440010', 10);
    expect(found).toContain('Gokulpeth');
    expect(names('440 010', 10)).toEqual(found);
    expect(names('४४००१०', 10)).toEqual(found);
    expect(searchPlaces('4400', 20).every(({ pins }) => pins.some((pin) => pin.startsWith('4400')))).toBe(true);
    expect(names('440001', 10)).toContain('Nagpur');
    expect(names('000000')).toEqual([]);
    expect(names('4400100')).toEqual([]);
  });

  it('come before towns that are farther from a point', () => {
    const near = placesNear({ latitude: 21.13, longitude: 79.06 }, 5);
    expect(near).toHaveLength(5);
    expect(near.every(({ area }) => area.includes('Maharashtra'))).toBe(true);
    expect(near.some(({ town }) => town?.name === 'Nagpur')).toBe(true);
  });
});

describe('searching places', () => {
  it('finds towns by the label that is shown, in either script', () => {
    for (const town of places().filter(({ nameHi }, at) => nameHi !== null || at % 10 === 0)) {
      // Namesakes in one state share their label, so that one of them has to do.
      const found = searchPlaces(`${town.name}, ${town.area}`, 20).map(({ name, area }) => `${name}, ${area}`);
      expect(found).toContain(`${town.name}, ${town.area}`);
      if (town.nameHi) expect(searchPlaces(`${town.nameHi}, ${town.areaHi}`, 5)).toContain(town);
    }
  });

  it('finds localities by the label that is shown', () => {
    for (const one of localities().filter((_, at) => at % 60 === 0)) {
      const found = searchPlaces(`${one.name}, ${one.area}`, 20).map(({ name, area }) => `${name}, ${area}`);
      expect(found).toContain(`${one.name}, ${one.area}`);
    }
  });

  it('has India first where names begin alike', () => {
    expect(searchPlaces('ha', 8).every(({ country }) => country === 'IN')).toBe(true);
    expect(names('dubai')[0]).toBe('Dubai');
    expect(names('Karachi')[0]).toBe('Karachi');
  });

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
