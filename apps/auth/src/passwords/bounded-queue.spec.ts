import { describe, expect, it } from '@jest/globals';
import { BoundedQueue } from './bounded-queue';

const full = () => new Error('full');
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a bounded queue', () => {
  it('never runs more than so many at once, and all of them in the end, in order', async () => {
    const queue = new BoundedQueue(2, 100, full);
    let running = 0;
    let most = 0;
    const done: number[] = [];
    const jobs = Array.from({ length: 20 }, (_, index) =>
      queue.run(async () => {
        most = Math.max(most, (running += 1));
        await turn();
        running -= 1;
        done.push(index);
      }),
    );
    await Promise.all(jobs);
    expect(most).toBe(2);
    expect(done).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('refuses at once what would wait beyond its length, and takes work again afterwards', async () => {
    const queue = new BoundedQueue(1, 1, full);
    const first = queue.run(turn);
    const second = queue.run(turn);
    await expect(queue.run(turn)).rejects.toThrow('full');
    await Promise.all([first, second]);
    await expect(queue.run(async () => 'again')).resolves.toBe('again');
  });

  it('gives its place on when the work fails', async () => {
    const queue = new BoundedQueue(1, 1, full);
    await expect(queue.run(() => Promise.reject(new Error('work')))).rejects.toThrow('work');
    await expect(queue.run(async () => 'next')).resolves.toBe('next');
  });
});
