/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { useJustChanged } from '../src/ui/inert';

describe('a button that has become another one', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('takes no tap for a second, and then every one', () => {
    const { result, rerender } = renderHook(({ face }) => useJustChanged(face), { initialProps: { face: 'free' } });
    expect(result.current).toBe(false);
    rerender({ face: 'asked' });
    expect(result.current).toBe(true);
    act(() => void jest.advanceTimersByTime(999));
    expect(result.current).toBe(true);
    act(() => void jest.advanceTimersByTime(1));
    expect(result.current).toBe(false);
  });
});
