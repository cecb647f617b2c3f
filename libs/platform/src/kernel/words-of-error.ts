import { isError } from './is-error';
/** An error's name and message as a row keeps them, without the values that a driver may put behind the message. */
export function wordsOfError(error: unknown): string {
  return (isError(error) ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}
