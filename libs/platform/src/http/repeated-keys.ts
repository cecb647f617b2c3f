/** Whether an object of `text`, which is valid JSON, has a key twice, in whichever way each is spelt. */
export function repeatsKey(text: string): boolean {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') open.push(new Set());
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(text, at);
      if (isKey(text, end + 1)) {
        const keys = open.at(-1);
        const key = keyIn(text.slice(at, end + 1));
        if (keys?.has(key)) return true;
        keys?.add(key);
      }
      at = end;
    }
  }
  return false;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** In valid JSON a colon stands behind keys only. */
function isKey(text: string, behind: number): boolean {
  let at = behind;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return text[at] === ':';
}

function keyIn(token: string): string {
  return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
}
