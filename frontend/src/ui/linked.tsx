import { linkedPartsOf } from './linked-parts';

/** Shows what a person wrote, with its web addresses and phone numbers as links. */
export function Linked({ text }: { text: string }) {
  return linkedPartsOf(text).map(({ text: shown, href }, index) =>
    href === undefined ? (
      shown
    ) : (
      <a key={index} href={href} {...(href.startsWith('tel:') ? {} : { target: '_blank', rel: 'noreferrer nofollow' })} className="underline underline-offset-4">
        {shown}
      </a>
    ),
  );
}
