/** @jest-environment jsdom */
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { screen } from '@testing-library/react';
import { Fault } from '../src/app/fault';
import { prefetchPages } from '../src/app/pages';
import { loadAgainAfterRelease } from '../src/app/release';
import { createMemory, NOW, openScreen } from './screen';

/** What the browser says of the network; the DOM of a test says that there is one. */
function network(online: boolean): void {
  Object.defineProperty(navigator, 'onLine', { value: online, configurable: true });
}
afterEach(() => {
  Reflect.deleteProperty(navigator, 'onLine');
  Reflect.deleteProperty(navigator, 'connection');
  jest.useRealTimers();
});

describe('the screens that were not visited yet', () => {
  /** Three screens; the second is fetched only when it is let through. */
  function threePages() {
    const fetched: number[] = [];
    let letThrough: () => void = () => undefined;
    const second = new Promise<void>((resolve) => (letThrough = resolve));
    const pages = [0, 1, 2].map((number) => ({
      fetchCode: () => {
        fetched.push(number);
        return number === 1 ? second : Promise.resolve();
      },
    }));
    return { pages, fetched, letThrough };
  }
  const idle = () => jest.advanceTimersByTimeAsync(10_000);

  it('are fetched one by one while the page has nothing else to do', async () => {
    jest.useFakeTimers();
    const { pages, fetched, letThrough } = threePages();
    prefetchPages(pages);
    expect(fetched).toEqual([]);
    await idle();
    expect(fetched).toEqual([0, 1]);
    letThrough();
    await idle();
    expect(fetched).toEqual([0, 1, 2]);
  });

  it.each([
    ['without network', () => network(false)],
    ['where data is to be saved', () => Object.defineProperty(navigator, 'connection', { value: { saveData: true }, configurable: true })],
  ])('are not fetched in advance %s', async (_, arrange) => {
    jest.useFakeTimers();
    arrange();
    const { pages, fetched } = threePages();
    prefetchPages(pages);
    await idle();
    expect(fetched).toEqual([]);
  });
});

describe('a screen whose code is not there', () => {
  const clock = { now: () => NOW } as Parameters<typeof loadAgainAfterRelease>[0]['clock'];
  const fail = () => window.dispatchEvent(new Event('vite:preloadError', { cancelable: true }));

  it('has the page loaded again, once, since a release may have replaced its file; never without network', () => {
    const reload = jest.fn();
    const stop = loadAgainAfterRelease({ clock, tab: createMemory(), reload });
    network(false);
    fail();
    expect(reload).not.toHaveBeenCalled();
    network(true);
    fail();
    fail();
    expect(reload).toHaveBeenCalledTimes(1);
    stop();
  });

  it('is drawn again without network, where the person asks for it, and the page is not loaded anew', async () => {
    const complaints = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    let broken = true;
    const Screen = () => {
      if (broken) throw new Error('planted');
      return <p>It is there</p>;
    };
    const { user } = await openScreen(<Fault at="/"><Screen /></Fault>, { at: '/', answers: {} });
    await screen.findByText('This page broke.');
    network(false);
    broken = false;
    await user.click(screen.getByRole('button'));
    await screen.findByText('It is there');
    complaints.mockRestore();
  });
});
