import type { GraphProblem } from '#workflows/graph/schema.ts';
import { useCanvasStore } from '../CanvasContext.ts';
import { useStageView } from '../flow/useStageView.ts';
import { focusField } from '../gestures/focusField.ts';
import { nothing, onlyNodes } from '../store/selection.ts';

/** Leads to what is wrong: chooses the node, shows it, and puts the cursor into the field. */
export function useGoToProblem() {
  const store = useCanvasStore();
  const view = useStageView();
  return (problem: GraphProblem) => {
    const { nodeId } = problem;
    if (nodeId === null) {
      store.getState().select(nothing);
      return;
    }
    store.getState().select(onlyNodes([nodeId]));
    view.show(nodeId);
    focusField(nodeId, fieldOf(problem));
  };
}

/** Who does a task is a line in the graph and a list in the inspector. */
const fieldOf = ({ code, field }: GraphProblem) => (code === 'task.unassigned' ? 'agent' : field);

export const problemKey = ({ code, nodeId, field, message }: GraphProblem): string =>
  [code, nodeId, field, message].join(' ');
