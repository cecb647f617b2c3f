/** Common names, which are combined at random and belong to no real person. */
export const givenNames = [
  'Ramesh', 'Suresh', 'Mahesh', 'Rajesh', 'Dinesh', 'Mukesh', 'Santosh', 'Vinod', 'Anil', 'Sunil', 'Manoj', 'Ashok', 'Vijay', 'Ajay',
  'Sanjay', 'Ravi', 'Kishan', 'Gopal', 'Shankar', 'Prakash', 'Deepak', 'Arun', 'Salim', 'Imran', 'Javed', 'Rafiq', 'Irfan', 'Abdul',
  'Gurpreet', 'Harjit', 'Balwinder', 'Murugan', 'Selvam', 'Karthik', 'Venkatesh', 'Srinivas', 'Ranjit', 'Subhash', 'Biswajit', 'Tapan',
  'Joseph', 'Thomas', 'Sunita', 'Anita', 'Rekha', 'Kavita', 'Savitri', 'Lakshmi', 'Radha', 'Meena', 'Fatima', 'Shabana', 'Pushpa', 'Asha',
] as const;

export const familyNames = [
  'Yadav', 'Kumar', 'Singh', 'Sharma', 'Verma', 'Paswan', 'Mandal', 'Das', 'Sahu', 'Patel', 'Chauhan', 'Rathod', 'Pawar', 'Jadhav',
  'Shinde', 'Gaikwad', 'Kamble', 'Meshram', 'Bhoyar', 'Wankhede', 'Ansari', 'Khan', 'Shaikh', 'Qureshi', 'Gill', 'Sandhu', 'Reddy',
  'Naidu', 'Gowda', 'Nair', 'Pillai', 'Roy', 'Biswas', 'Ghosh', 'Sarkar', 'Oraon', 'Munda', 'Soren', 'Bauri', 'Bind', 'Rajbhar', 'Vishwakarma',
] as const;

/** Languages that are spoken on sites besides Hindi, by state. */
export const languagesOf: Readonly<Record<string, readonly string[]>> = {
  Maharashtra: ['mr', 'hi'], 'West Bengal': ['bn', 'hi'], Tripura: ['bn'], 'Tamil Nadu': ['ta'], Puducherry: ['ta'], Karnataka: ['kn'],
  Kerala: ['ml'], Telangana: ['te', 'hi'], 'Andhra Pradesh': ['te'], Gujarat: ['gu', 'hi'], Punjab: ['pa', 'hi'], Chandigarh: ['pa', 'hi'],
  Odisha: ['or', 'hi'], Assam: ['as', 'hi'], Bihar: ['hi', 'bho'], Goa: ['mr', 'en'], 'Jammu and Kashmir': ['ur', 'hi'],
};

/** How many of a hundred workers are in the common trades; the rest is spread over all others. */
export const commonTrades: Readonly<Record<string, number>> = {
  mason: 14, 'mason-helper': 10, 'bar-bender': 6, 'shuttering-carpenter': 6, carpenter: 6, electrician: 7, plumber: 6, painter: 8,
  'tile-mason': 6, welder: 5, plasterer: 5, 'ac-mechanic': 2, 'house-wireman': 3, whitewasher: 2, 'marble-mason': 2,
};

export const firms = [
  'Deshmukh Builders', 'Shree Balaji Constructions', 'Ganga Infra Works', 'Sahyadri Contractors', 'Lotus Interiors', 'Chola Civil Works',
] as const;

/** Sentences that people of the demo write to a visitor. */
export const replies = {
  reply: ['Thik hai.', 'Yes, all right.', 'Haan ji, I will be there.', 'Ok, thank you for telling.', 'ठीक है जी।', 'I will call when I am near the site.'],
  hired: ['Good, see you on site. Ask for me at the gate.', 'Thank you. Please be there on time.', 'धन्यवाद, साइट पर मिलते हैं।'],
} as const;
