/** How long a follower waits for live messages before it makes do with what the database tells it each second. */
const PATIENCE_MS = 2_000;

/** Waits for `work`, but not for long: live messages are a courtesy, and nothing may hang on them. */
export async function withinPatience(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  try {
    await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
