/**
 * Places in the ledger: turn, node, generation, step. They are activity ids too, so their form never changes.
 * A crew that runs once has turn 1; a node that is done once has generation 0.
 */
export const thinkPath = (nodeId: string, iteration: number): string => `t1/${nodeId}/0/think.${iteration}`;

export const toolPath = (askedBy: string, index: number): string => `${askedBy}/tool.${index}`;
