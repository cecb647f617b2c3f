import { topic, type Topic, type channel } from '@muster/contracts/notification/views';
import type { z } from 'zod';

export type Channel = z.output<typeof channel>;
export interface TopicChannels {
  readonly topic: Topic;
  readonly channels: readonly Channel[];
}

/** What holds for whoever has chosen nothing. */
const DEFAULTS: Readonly<Record<Topic, readonly Channel[]>> = {
  invite: ['inbox', 'push', 'email'],
  invite_answered: ['inbox', 'push'],
  job: ['inbox', 'push'],
  message: ['inbox', 'push'],
  account: ['inbox', 'email'],
};

/** Every topic once: what was chosen over what holds without a choice. */
export function withDefaults(chosen: readonly TopicChannels[]): Array<{ topic: Topic; channels: Channel[] }> {
  return topic.options.map((name) => ({
    topic: name,
    channels: [...(chosen.find((one) => one.topic === name)?.channels ?? DEFAULTS[name])],
  }));
}
