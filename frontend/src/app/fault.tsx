import { Component, type ReactNode } from 'react';
import { useSay } from '../lib/i18n/text';
import { Button } from '../ui/button';

interface Props {
  children: ReactNode;
  /** The address of the screen. When it changes, the boundary shows its children again. */
  at: string;
}

/**
 * An error boundary: where a screen threw an error, it says so and offers to load again. A release that has replaced the
 * files of this one ends here too. Each screen has its own boundary, so that the menu still leads to the others.
 */
export class Fault extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.broken && before.at !== this.props.at) this.setState({ broken: false });
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return <BrokenScreen onRetry={() => this.retry()} />;
  }

  /** Without network a reload would end at the browser's error page: there the screen is drawn again instead. */
  private retry(): void {
    if (navigator.onLine) location.reload();
    else this.setState({ broken: false });
  }
}

function BrokenScreen({ onRetry }: { onRetry: () => void }) {
  const say = useSay();
  return (
    <main id="main" role="alert" className="fill-screen mx-auto flex max-w-page flex-col justify-center gap-4 p-4">
      <h1 className="text-28 font-bold">{say('fault_page.title')}</h1>
      <p>{say('fault_page.detail')}</p>
      <Button kind="primary" onClick={onRetry}>
        {say('fault_page.reload')}
      </Button>
    </main>
  );
}
