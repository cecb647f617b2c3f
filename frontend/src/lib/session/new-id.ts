/** A UUIDv7 in lower case, as the contracts ask of every id; `now` in milliseconds since 1970. */
export function newId(now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  const random = [...bytes].map((byte) => hex(byte, 2)).join('');
  const time = hex(now, 12);
  const variant = hex(0x80 | ((bytes[8] ?? 0) & 0x3f), 2);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 6)}-${random.slice(6, 18)}`;
}
