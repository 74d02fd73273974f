/** For the end of a switch over kinds: a kind that was forgotten does not compile. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value ${JSON.stringify(value)}`);
}
