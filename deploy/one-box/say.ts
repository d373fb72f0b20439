const REPEAT_AFTER_MS = 60_000;

/** Shows sentences to the person at the terminal; one that comes again within a minute is not shown again. */
export function createSay(): (sentence: string) => void {
  const shownAt = new Map<string, number>();
  return (sentence) => {
    const now = Date.now();
    for (const [known, at] of shownAt) if (now - at > REPEAT_AFTER_MS) shownAt.delete(known);
    if (shownAt.has(sentence)) return;
    shownAt.set(sentence, now);
    process.stderr.write(`${sentence}\n`);
  };
}
