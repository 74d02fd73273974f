const underWay = new Map<string, Promise<unknown>>();

/** A canvas that is left saves on; whoever opens the crew again waits for that, or would see it as it was before. */
export function noteSave(crewId: string, save: Promise<unknown>): void {
  const done = save
    .catch(() => undefined)
    .finally(() => {
      if (underWay.get(crewId) === done) underWay.delete(crewId);
    });
  underWay.set(crewId, done);
}

export const savesUnderWay = async (crewId: string): Promise<void> => {
  await underWay.get(crewId);
};
