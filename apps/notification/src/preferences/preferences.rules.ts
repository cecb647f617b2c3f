import { topic, type Topic, type channel } from '@muster/contracts/notification/views';
import type { z } from 'zod';

export type Channel = z.output<typeof channel>;
export interface TopicChannels {
  readonly topic: Topic;
  readonly channels: readonly Channel[];
}

/** The channels for people who have chosen nothing. */
const DEFAULTS: Readonly<Record<Topic, readonly Channel[]>> = {
  invite: ['inbox', 'push', 'email'],
  invite_answered: ['inbox', 'push'],
  job: ['inbox', 'push'],
  message: ['inbox', 'push'],
  account: ['inbox', 'email'],
};

/** Returns every topic once, with the chosen channels or the defaults. */
export function withDefaults(chosen: readonly TopicChannels[]): Array<{ topic: Topic; channels: Channel[] }> {
  return topic.options.map((name) => ({
    topic: name,
    channels: [...(chosen.find((one) => one.topic === name)?.channels ?? DEFAULTS[name])],
  }));
}
