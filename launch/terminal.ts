for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => {}); // the terminal may be gone (`npm start | head`), which is no reason to fall
}

/** What a person sees. One line each; everything longer is in the logs. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
