// Made by tools/generate-client.ts from the contracts. Do not edit.

/** What a form needs to know of a field before the server does; `*` stands for any index. */
export interface FieldRule {
  required?: true;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
}

export interface Routes {
  /** Give the code; the account becomes active and this device is signed in */
  'auth.confirmSignUp': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      email: string;
      code: string;
    };
    response: {
      accessToken: string;
      expiresAt: string;
      personId: string;
      sessionId: string;
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
    };
    errors: 'auth.code_not_right';
  };
  /** Sign another device of mine out */
  'auth.endSession': {
    params: {
      sessionId: string;
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: void;
    errors: never;
  };
  /** The devices that are signed in to my account */
  'auth.listSessions': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      items: Array<{
        sessionId: string;
        device: string | null;
        current: boolean;
        startedAt: string;
        lastUsedAt: string;
      }>;
    };
    errors: never;
  };
  /** Wear a hat; the next access token carries it */
  'auth.putOnHat': {
    params: {
      hat: 'worker' | 'contractor';
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      personId: string;
      email: string;
      dateOfBirth: string;
      locale: 'en' | 'hi';
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
      createdAt: string;
    };
    errors: never;
  };
  /** My account */
  'auth.readAccount': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      personId: string;
      email: string;
      dateOfBirth: string;
      locale: 'en' | 'hi';
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
      createdAt: string;
    };
    errors: never;
  };
  /** Mail that a standalone without a mail provider would have sent; this machine only */
  'auth.readDevOutbox': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      items: Array<{
        to: string;
        subject: string;
        body: string;
        sentAt: string;
      }>;
    };
    errors: never;
  };
  /** Trade the refresh cookie for a new access token; rotates the cookie */
  'auth.refresh': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      attemptId: string;
    };
    response: {
      accessToken: string;
      expiresAt: string;
      personId: string;
      sessionId: string;
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
    };
    errors: 'auth.signed_out';
  };
  /** Sign this device in with e-mail and password */
  'auth.signIn': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      email: string;
      password: string;
    };
    response: {
      accessToken: string;
      expiresAt: string;
      personId: string;
      sessionId: string;
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
    };
    errors: 'auth.credentials_not_right';
  };
  /** End this session */
  'auth.signOut': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: void;
    errors: never;
  };
  /** Ask for an account; always answers the same and sends a code */
  'auth.signUp': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      email: string;
      password: string;
      dateOfBirth: string;
      locale?: 'en' | 'hi';
    };
    response: {
      codeLength: number;
      validForSeconds: number;
    };
    errors: 'auth.under_age' | 'auth.codes_used_up';
  };
  /** Take a hat off; nothing is lost, it only stops being offered */
  'auth.takeOffHat': {
    params: {
      hat: 'worker' | 'contractor';
    };
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      personId: string;
      email: string;
      dateOfBirth: string;
      locale: 'en' | 'hi';
      roles: Array<'worker' | 'contractor' | 'support' | 'admin'>;
      createdAt: string;
    };
    errors: never;
  };
  /** Free right now; ends by itself after 24 hours */
  'user.declareFreeToday': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      weekly: Array<number>;
      exceptions: Array<{
        date: string;
        free: boolean;
      }>;
      freeUntil: string | null;
      booked: Array<string>;
      zone: string;
      updatedAt: string;
      version: number;
    };
    errors: never;
  };
  /** All trades with their names */
  'user.listTrades': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      items: Array<{
        trade: string;
        family: string;
        names: {
          en: string;
          hi: string;
        };
        siblings: Array<string>;
      }>;
    };
    errors: never;
  };
  /** My calendar: weekly rule, exceptions, free today, booked days */
  'user.readAvailability': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      weekly: Array<number>;
      exceptions: Array<{
        date: string;
        free: boolean;
      }>;
      freeUntil: string | null;
      booked: Array<string>;
      zone: string;
      updatedAt: string;
      version: number;
    };
    errors: never;
  };
  /** Names and photos of up to 100 people; unknown ones are left out */
  'user.readCards': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      ids: Array<string>;
    };
    response: {
      items: Array<{
        personId: string;
        displayName: string;
        photoId: string | null;
      }>;
    };
    errors: never;
  };
  /** My profile as a contractor */
  'user.readContractorProfile': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      personId: string;
      displayName: string;
      placeId: string | null;
      version: number;
      updatedAt: string;
    };
    errors: 'user.no_profile';
  };
  /** My profile as a worker */
  'user.readWorkerProfile': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: {
      personId: string;
      displayName: string;
      placeId: string;
      travelRadiusKm: number;
      skills: Array<{
        trade: string;
        level: number;
        years: number;
      }>;
      dayRate: {
        amount: number;
        currency: 'INR';
      };
      floorRate: {
        amount: number;
        currency: 'INR';
      } | null;
      languages: Array<'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as'>;
      placeName: string;
      version: number;
      updatedAt: string;
    };
    errors: 'user.no_profile';
  };
  /** Write my weekly rule and the dates that differ from it */
  'user.saveAvailability': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      weekly: Array<number>;
      exceptions: Array<{
        date: string;
        free: boolean;
      }>;
    };
    response: {
      weekly: Array<number>;
      exceptions: Array<{
        date: string;
        free: boolean;
      }>;
      freeUntil: string | null;
      booked: Array<string>;
      zone: string;
      updatedAt: string;
      version: number;
    };
    errors: 'user.date_twice' | 'user.date_out_of_reach';
  };
  /** Write my profile as a contractor */
  'user.saveContractorProfile': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      displayName: string;
      placeId?: string | null;
    };
    response: {
      personId: string;
      displayName: string;
      placeId: string | null;
      version: number;
      updatedAt: string;
    };
    errors: 'user.unknown_place';
  };
  /** Write my profile as a worker; with availability it makes me findable */
  'user.saveWorkerProfile': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      displayName: string;
      placeId: string;
      travelRadiusKm: number;
      skills: Array<{
        trade: string;
        level: number;
        years: number;
      }>;
      dayRate: {
        amount: number;
        currency: 'INR';
      };
      floorRate?: {
        amount: number;
        currency: 'INR';
      } | null;
      languages: Array<'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as'>;
    };
    response: {
      personId: string;
      displayName: string;
      placeId: string;
      travelRadiusKm: number;
      skills: Array<{
        trade: string;
        level: number;
        years: number;
      }>;
      dayRate: {
        amount: number;
        currency: 'INR';
      };
      floorRate: {
        amount: number;
        currency: 'INR';
      } | null;
      languages: Array<'hi' | 'en' | 'mr' | 'bn' | 'ta' | 'te' | 'kn' | 'gu' | 'pa' | 'or' | 'ml' | 'ur' | 'bho' | 'as'>;
      placeName: string;
      version: number;
      updatedAt: string;
    };
    errors: 'user.unknown_place' | 'user.unknown_trade' | 'user.skill_twice' | 'user.floor_above_ask';
  };
  /** Places of the gazetteer by the beginning of a name, in Latin or Devanagari */
  'user.searchPlaces': {
    params: Record<never, never>;
    query: {
      q: string;
      limit?: number;
    };
    body: Record<never, never>;
    response: {
      items: Array<{
        placeId: string;
        name: string;
        area: string;
        zone: string;
      }>;
    };
    errors: never;
  };
  /** No longer free today */
  'user.withdrawFreeToday': {
    params: Record<never, never>;
    query: Record<never, never>;
    body: Record<never, never>;
    response: void;
    errors: never;
  };
}

export type RouteId = keyof Routes;

/** [method, path, letters]: i = takes an Idempotency-Key, v = takes If-Match, p = needs no token, b = has a body. */
export const routes: Record<RouteId, readonly [method: string, path: string, traits: string]> = {
  'auth.confirmSignUp': ['POST', '/api/v1/auth/sign-up/confirm', 'pb'],
  'auth.endSession': ['DELETE', '/api/v1/auth/sessions/:sessionId', 'b'],
  'auth.listSessions': ['GET', '/api/v1/auth/sessions', ''],
  'auth.putOnHat': ['PUT', '/api/v1/auth/account/hats/:hat', 'b'],
  'auth.readAccount': ['GET', '/api/v1/auth/account', ''],
  'auth.readDevOutbox': ['GET', '/api/v1/auth/dev/outbox', 'p'],
  'auth.refresh': ['POST', '/api/v1/auth/refresh', 'pb'],
  'auth.signIn': ['POST', '/api/v1/auth/sign-in', 'pb'],
  'auth.signOut': ['POST', '/api/v1/auth/sign-out', 'b'],
  'auth.signUp': ['POST', '/api/v1/auth/sign-up', 'pb'],
  'auth.takeOffHat': ['DELETE', '/api/v1/auth/account/hats/:hat', 'b'],
  'user.declareFreeToday': ['PUT', '/api/v1/users/me/free-today', 'b'],
  'user.listTrades': ['GET', '/api/v1/users/trades', 'p'],
  'user.readAvailability': ['GET', '/api/v1/users/me/availability', ''],
  'user.readCards': ['POST', '/api/v1/users/cards', 'b'],
  'user.readContractorProfile': ['GET', '/api/v1/users/me/contractor-profile', ''],
  'user.readWorkerProfile': ['GET', '/api/v1/users/me/worker-profile', ''],
  'user.saveAvailability': ['PUT', '/api/v1/users/me/availability', 'b'],
  'user.saveContractorProfile': ['PUT', '/api/v1/users/me/contractor-profile', 'b'],
  'user.saveWorkerProfile': ['PUT', '/api/v1/users/me/worker-profile', 'b'],
  'user.searchPlaces': ['GET', '/api/v1/users/places', 'p'],
  'user.withdrawFreeToday': ['DELETE', '/api/v1/users/me/free-today', 'b'],
};

export const authConfirmSignUpFields: Record<string, FieldRule> = {
  'email': { required: true, maxLength: 254, format: "email" },
  'code': { required: true, pattern: "^\\d{6}$" },
};

export const authRefreshFields: Record<string, FieldRule> = {
  'attemptId': { required: true, format: "uuid" },
};

export const authSignInFields: Record<string, FieldRule> = {
  'email': { required: true, maxLength: 254, format: "email" },
  'password': { required: true, minLength: 1, maxLength: 200 },
};

export const authSignUpFields: Record<string, FieldRule> = {
  'email': { required: true, maxLength: 254, format: "email" },
  'password': { required: true, minLength: 10, maxLength: 200 },
  'dateOfBirth': { required: true, format: "date" },
  'locale': {},
};

export const userReadCardsFields: Record<string, FieldRule> = {
  'ids': { required: true, minLength: 1, maxLength: 100 },
  'ids.*': { required: true, format: "uuid" },
};

export const userSaveAvailabilityFields: Record<string, FieldRule> = {
  'weekly': { required: true, maxLength: 7 },
  'weekly.*': { required: true, minimum: 1, maximum: 7 },
  'exceptions': { required: true, maxLength: 120 },
  'exceptions.*': { required: true },
  'exceptions.*.date': { required: true, format: "date" },
  'exceptions.*.free': { required: true },
};

export const userSaveContractorProfileFields: Record<string, FieldRule> = {
  'displayName': { required: true, minLength: 1, maxLength: 80 },
  'placeId': { pattern: "^[1-9]\\d{0,9}$" },
};

export const userSaveWorkerProfileFields: Record<string, FieldRule> = {
  'displayName': { required: true, minLength: 1, maxLength: 80 },
  'placeId': { required: true, pattern: "^[1-9]\\d{0,9}$" },
  'travelRadiusKm': { required: true, minimum: 1, maximum: 300 },
  'skills': { required: true, minLength: 1, maxLength: 12 },
  'skills.*': { required: true },
  'skills.*.trade': { required: true, maxLength: 64, pattern: "^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$" },
  'skills.*.level': { required: true, minimum: 1, maximum: 5 },
  'skills.*.years': { required: true, minimum: 0, maximum: 60 },
  'dayRate': { required: true },
  'dayRate.amount': { required: true, minimum: 0, maximum: 1000000000 },
  'dayRate.currency': { required: true },
  'floorRate': {},
  'floorRate.amount': { required: true, minimum: 0, maximum: 1000000000 },
  'floorRate.currency': { required: true },
  'languages': { required: true, minLength: 1, maxLength: 8 },
  'languages.*': { required: true },
};
