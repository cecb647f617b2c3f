import ChevronLeft from 'lucide-react/icons/chevron-left';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useSay } from '../lib/i18n/text';
import { useArrival } from './use-arrival';
import { useFits } from './use-fits';

interface PageProps {
  title: string;
  /** Small words below the title. */
  detail?: ReactNode;
  back?: string;
  /** The primary action; it stands at the bottom, where the thumb reaches it. */
  action?: ReactNode;
  /** A second pane beside the content on a wide screen, below the content on a narrow one. */
  aside?: ReactNode;
  children: ReactNode;
}

/** The frame of every screen: a title, the content, and at most one action at the bottom. */
export function Page({ title, detail, back, action, aside, children }: PageProps) {
  const say = useSay();
  const heading = useArrival(title);
  const [foot, fits] = useFits<HTMLDivElement>();
  return (
    <main id="main" className={`mx-auto fill-screen flex w-full flex-col px-4 ${aside ? 'max-w-desk' : 'max-w-page'}`}>
      <header className="flex items-start gap-1 py-4">
        {back && (
          <Link href={back} aria-label={say('page.back')} className="-ms-3 inline-flex size-touch shrink-0 items-center justify-center">
            <ChevronLeft aria-hidden className="size-icon-large" />
          </Link>
        )}
        <div className="min-w-0 flex-1">
          <h1 ref={heading} tabIndex={-1} className={`text-28 font-bold outline-none ${back ? 'pt-1' : ''}`}>{title}</h1>
          {detail && <div className="text-ink-soft">{detail}</div>}
        </div>
      </header>
      <div className={`flex flex-1 flex-col gap-6 ${aside ? 'wide:two-panes wide:grid wide:items-start' : ''}`}>
        <div className="flex min-w-0 flex-col gap-4">{children}</div>
        {aside && <div className="flex min-w-0 flex-col gap-4">{aside}</div>}
      </div>
      {action && <div ref={foot} className={`-mx-4 mt-6 ${fits ? 'above-bar sticky z-10' : ''} flex flex-col gap-2 border-t border-line bg-surface px-4 py-3`}>{action}</div>}
      {!action && <div className="h-12" />}
    </main>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-18 font-bold">{title}</h2>
      {children}
    </section>
  );
}
