import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Puts messages and stacks of failures into payloads, which are encrypted; else they stand in histories in the clear. Found
 * by its path: the workflow's bundle and the worker each load it.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
