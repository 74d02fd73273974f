/** Hands a text to the browser as a file. */
export function downloadText(path: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = path.split('/').at(-1) ?? 'answer.txt';
  link.click();
  URL.revokeObjectURL(url);
}
