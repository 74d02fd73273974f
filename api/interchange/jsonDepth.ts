/**
 * Whether a JSON text has brackets within brackets beyond `limit`. Looks at each character once, before anything is
 * built: what reads the value afterwards may be recursive.
 */
export function isDeeperThan(limit: number, json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (isInString && character === '\\') at += 1;
    else if (character === '"') isInString = !isInString;
    else if (!isInString && (character === '{' || character === '[')) depth += 1;
    else if (!isInString && (character === '}' || character === ']')) depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}
