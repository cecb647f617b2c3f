import { CODE_SECONDS } from '../codes/code.rules';

export type MailContent =
  | { readonly kind: 'code'; readonly locale: 'en' | 'hi'; readonly code: string }
  | { readonly kind: 'already_here'; readonly locale: 'en' | 'hi' };

export interface MailText {
  readonly subject: string;
  readonly body: string;
}

const minutes = CODE_SECONDS / 60;

const texts = {
  en: {
    code: (code: string): MailText => ({
      subject: `${code} is your Muster code`,
      body:
        `Your code is ${code}. It is good for ${minutes} minutes.\n\n` +
        'Enter it only where you asked for it. If you did not ask for an account with Muster, leave this mail alone: without the code nothing happens.\n',
    }),
    already_here: (): MailText => ({
      subject: 'You already have an account with Muster',
      body:
        'Somebody, probably you, asked for an account with this address. There is one already: sign in with it.\n\n' +
        'If it was not you, there is nothing to do.\n',
    }),
  },
  hi: {
    code: (code: string): MailText => ({
      subject: `${code} आपका Muster कोड है`,
      body:
        `आपका कोड ${code} है। यह ${minutes} मिनट तक चलेगा।\n\n` +
        'इसे वहीं डालें जहाँ आपने इसे माँगा था। अगर आपने Muster में खाता नहीं माँगा, तो इस मेल को छोड़ दें: कोड के बिना कुछ नहीं होगा।\n',
    }),
    already_here: (): MailText => ({
      subject: 'Muster में आपका खाता पहले से है',
      body:
        'किसी ने, शायद आपने, इस पते से खाता माँगा। इस पते का खाता पहले से है: उसी से लॉग इन करें।\n\n' +
        'अगर यह आप नहीं थे, तो कुछ करने की ज़रूरत नहीं है।\n',
    }),
  },
} as const;

export function textOf(content: MailContent): MailText {
  const words = texts[content.locale];
  return content.kind === 'code' ? words.code(content.code) : words.already_here();
}
