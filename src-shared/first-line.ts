/** What a library's message says first: the rest is for those who wrote it. */
export function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? message).trim();
}
