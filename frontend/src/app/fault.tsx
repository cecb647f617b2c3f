import { Component, type ReactNode } from 'react';
import { say } from '../lib/i18n/text';
import { Button } from '../ui/button';

/** A screen that broke says so and offers the way back; also met when a release has replaced the files of this one. */
export class Fault extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main role="alert" className="mx-auto flex min-h-dvh max-w-page flex-col justify-center gap-4 p-4">
        <h1 className="text-28 font-bold">{say('fault_page.title')}</h1>
        <p>{say('fault_page.detail')}</p>
        <Button kind="primary" onClick={() => location.reload()}>
          {say('fault_page.reload')}
        </Button>
      </main>
    );
  }
}
