/** Temporal suggests to continue as new after 4,096 events; with this after a few tasks, so that tests get there. */
export const CONTINUES_SOON = { 'limit.historyCount.suggestContinueAsNew': 40 } as const;
