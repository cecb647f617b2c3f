/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { usePlaceSearch } from '../src/lib/people/places';
import type { Place } from '../src/ui/place';
import { PlacePicker } from '../src/ui/place-picker';
import { NAGPUR } from './examples';
import { openScreen } from './screen';

function Field() {
  const search = usePlaceSearch();
  const [chosen, choose] = useState<Place | null>(null);
  return <PlacePicker attributes={{ id: 'where' }} chosen={chosen} onChoose={choose} search={search} />;
}

describe('the list of places', () => {
  it('belongs to what stands in the field, however late the answer to what stood there before', async () => {
    const named = (name: string) => ({ items: [{ ...NAGPUR, name, nameHi: null }] });
    const late = new Map<string, () => void>();
    const { user, services } = await openScreen(<Field />, {
      at: '/find',
      as: ['contractor'],
      answers: {
        'user.searchPlaces': async ({ query: { q } }) => {
          await new Promise<void>((resolve) => late.set(q, resolve));
          return named(q);
        },
      },
    });
    const field = screen.getByRole('combobox');
    await user.type(field, 'Mumbai');
    await waitFor(() => expect(late.has('Mumbai')).toBe(true));
    late.get('Mumbai')?.();
    await screen.findByRole('option', { name: /Mumbai/ });

    await user.clear(field);
    await user.type(field, 'Pune');
    await screen.findByText('Loading');
    expect(screen.queryByRole('option')).toBeNull();
    await waitFor(() => expect(late.has('Pune')).toBe(true));
    await user.clear(field);
    await user.type(field, 'Gurgaon');
    await waitFor(() => expect(late.has('Gurgaon')).toBe(true));
    late.get('Gurgaon')?.();
    await screen.findByRole('option', { name: /Gurgaon/ });
    late.get('Pune')?.();
    await waitFor(() => expect(services.sent).toHaveLength(3));
    await new Promise((resolve) => setTimeout(resolve));
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([expect.stringContaining('Gurgaon')]);
  });
});
