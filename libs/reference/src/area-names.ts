/** The states of India as the gazetteer names them, in Hindi. */
export const statesInHindi: Readonly<Record<string, string>> = {
  'Andaman and Nicobar Islands': 'अंडमान और निकोबार', 'Andhra Pradesh': 'आंध्र प्रदेश', 'Arunachal Pradesh': 'अरुणाचल प्रदेश',
  Assam: 'असम', Bihar: 'बिहार', Chandigarh: 'चंडीगढ़', Chhattisgarh: 'छत्तीसगढ़', 'Dadra and Nagar Haveli': 'दादरा और नगर हवेली',
  'Daman and Diu': 'दमन और दीव', Delhi: 'दिल्ली', Goa: 'गोवा', Gujarat: 'गुजरात', Haryana: 'हरियाणा',
  'Himachal Pradesh': 'हिमाचल प्रदेश', 'Jammu and Kashmir': 'जम्मू और कश्मीर', Jharkhand: 'झारखंड', Karnataka: 'कर्नाटक',
  Kerala: 'केरल', Ladakh: 'लद्दाख', Lakshadweep: 'लक्षद्वीप', 'Madhya Pradesh': 'मध्य प्रदेश', Maharashtra: 'महाराष्ट्र',
  Manipur: 'मणिपुर', Meghalaya: 'मेघालय', Mizoram: 'मिज़ोरम', Nagaland: 'नागालैंड', Odisha: 'ओडिशा', Puducherry: 'पुदुचेरी',
  Punjab: 'पंजाब', Rajasthan: 'राजस्थान', Sikkim: 'सिक्किम', 'Tamil Nadu': 'तमिलनाडु', Telangana: 'तेलंगाना', Tripura: 'त्रिपुरा',
  'Uttar Pradesh': 'उत्तर प्रदेश', Uttarakhand: 'उत्तराखंड', 'West Bengal': 'पश्चिम बंगाल',
};

/** The other countries of the gazetteer, in Hindi. */
export const countriesInHindi: Readonly<Record<string, string>> = {
  NP: 'नेपाल', BD: 'बांग्लादेश', LK: 'श्रीलंका', BT: 'भूटान', PK: 'पाकिस्तान', MV: 'मालदीव', MM: 'म्यांमार',
  AE: 'संयुक्त अरब अमीरात', QA: 'क़तर', SA: 'सऊदी अरब', OM: 'ओमान', KW: 'कुवैत', BH: 'बहरीन', SG: 'सिंगापुर',
};
