import { isNativeError } from 'node:util/types';

/**
 * Whether it is an error, of whichever realm: Node's own errors are made outside of a `vm` context, such as that of a test,
 * and are no instances of the `Error` in it.
 */
export function isError(value: unknown): value is Error {
  return value instanceof Error || isNativeError(value) || Object.prototype.toString.call(value) === '[object DOMException]';
}
